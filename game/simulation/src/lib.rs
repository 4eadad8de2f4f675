//! The live state of one region: a flecs world. Commands go in, events come out.
//!
//! Absent on purpose: clocks, dice of its own, threads, files, sockets, and any await. Time is the number of the tick, dice
//! are a hash of seed, region, tick and actor, terrain arrives by command. So the same settings and the same commands give
//! the same states, which [`Simulation::state_hash`] lets a test compare.
//!
//! One folder a feature. In each, `components.rs` holds data and its registration, `systems.rs` behaviour; `schedule.rs`
//! holds the order. How to get it wrong: let a system depend on the iteration order of another's entities (it is stable only
//! for an identical history, so sort), or send a [`Simulation`] to another thread (flecs' world must be made, used and
//! dropped on one; the type is not `Send`).

mod alteration;
mod audit;
mod battle;
mod clock;
mod command;
mod event;
mod fact;
mod faction;
mod field;
mod ground;
mod identity;
mod inspection;
mod minds;
mod movement;
mod order;
mod paths;
mod players;
mod recording;
mod schedule;
mod settings;
mod simulation;
mod state_hash;
mod terrain;
mod view;
mod wandering;
mod wilds;

pub use alteration::Alteration;
pub use audit::Fault;
pub use command::{Command, LeftHeap, PartyId, PlayerJoin, Spawn};
pub use event::{Blow, Event, HEAP_ITEMS_MAX, MoveRefusal, TickOutcome};
pub use fact::Fact;
pub use faction::Faction;
pub use grid::EntityId;
pub use ground::GroundPoint;
pub use identity::{EntityKind, NetId};
pub use inspection::{EffectInspection, FighterInspection, Inspection, TaskInspection, TurnInspection};
pub use minds::{Thinking, Weighed, Why, Wits};
pub use order::{Act, Order, OrderRefusal, Pointing, TARGETS_MAX, Weapon};
pub use recording::{
    NotARecording, RecordedTick, Recording, RecordingLimits, RecordingWriter, Replay,
    VERSION as RECORDING_VERSION, replay,
};
pub use settings::{Population, Quiet, SimulationSettings, WildPack, WildSettings};
pub use simulation::Simulation;
pub use view::{AreaView, EntityView, FighterView, Rank, Standing, Vitality};
pub use worldgen::Chunk;

// What a region's owner names of the rules.
pub use rules::{
    Ability, CreatureKind, Id, Race, TICK_HZ,
    character::{Character, Wear},
    combat::{Ends, Outcome, Policy, Refusal, RollParts, ShoveTo, Volume},
    vocabulary::{DamageType, Movement, Skill},
};

/// The id that a text names, if the rules' content has it. Texts of strangers that are no id of anything don't become one.
#[must_use]
pub fn content_id(text: &str) -> Option<Id> {
    // Ids are known once the content was read.
    let _ = rules::content::srd();
    Id::known(text)
}
