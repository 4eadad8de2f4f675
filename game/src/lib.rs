//! The running game: regions that tick, and the sockets by which players reach them.
//!
//! - [`unification`] owns one region: its thread, its tick, its persistence.
//! - [`gateway`] holds players' sockets and is the only place that reads or writes the client protocol.
//! - `replication` carries what happens in a region to those who see it.
//!
//! The two reach each other over the bus alone, as bytes (`wire`), so that they may be one process or many. What may happen
//! in the world is decided in the [`simulation`], never here.

mod belongings;
mod characters;
mod chronicle;
mod company;
pub mod gateway;
mod orders;
pub mod pacing;
mod replication;
mod terrain;
pub mod unification;
mod wire;

pub use belongings::{Deal, Exchanged, Goods, Heap, Lot};
pub use characters::{Aftermath, Change, CharacterKeeper, KeepError, Kept};
pub use chronicle::{Feat, FeatDeed, Page};
pub use gateway::{Gateway, GatewaySettings, GatewayStatus};
pub use simulation::{
    Ability, Act, Alteration, AreaView, Blow, Character, Chunk, DamageType, EffectInspection, Ends,
    EntityKind, EntityView, Fact, Faction, FighterInspection, FighterView, GroundPoint, Id, Inspection,
    MoveRefusal, Movement, NetId, Order, OrderRefusal, Outcome, Pointing, Policy, Population, Quiet, Rank,
    Recording, RecordingLimits, Replay, RollParts, SimulationSettings, Spawn, Standing, TICK_HZ, Vitality,
    Volume, Weapon, Wear, Weighed, Why, WildPack, WildSettings, Wits, replay,
};
pub use terrain::{TerrainError, TerrainSource};
pub use unification::{
    Answer, COMBAT_LOG_RECORDS, CombatDeed, CombatPage, CombatRecord, DeskError, Party, RecordedSoFar,
    RegionDesk, RegionStatus, RegionWatch, TickTimes, UnificationError, UnificationHandle,
    UnificationSettings,
};
pub use wire::{ACCOUNTS_TOPIC, commands_topic, frames_topic, replies_topic};

/// Net ticks a second: how often frames are published.
pub const NET_HZ: u32 = 20;

/// Gives every metric of this crate its help text. Call once, after the recorder is installed.
pub fn describe_metrics() {
    use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

    describe_histogram!("realmkeep_tick_seconds", Unit::Seconds, "How long a region's tick took");
    describe_counter!("realmkeep_late_ticks_total", "Ticks that ran late by a whole tick or more");
    describe_counter!(
        "realmkeep_dropped_ticks_total",
        "Ticks that were given up: by so much time was slowed"
    );
    describe_gauge!("realmkeep_entities", "Entities in a region");
    describe_gauge!("realmkeep_players", "Players in a region who have a socket");
    describe_counter!("realmkeep_moves_refused_total", "Players' moves that were refused, by reason");
    describe_counter!("realmkeep_positions_saved_total", "Players' positions that were written behind");
    describe_counter!(
        "realmkeep_position_save_failures_total",
        "Batches of positions that the database refused"
    );
    describe_counter!("realmkeep_aftermaths_kept_total", "What fights left to characters, as it was kept");
    describe_counter!(
        "realmkeep_aftermath_failures_total",
        "Times that what a fight left to a character could not be kept"
    );
    describe_counter!("realmkeep_terrain_failures_total", "Cells whose terrain could not be loaded at once");
    describe_counter!("realmkeep_region_commands_lost_total", "Commands that a region was too slow to take");
    describe_counter!(
        "realmkeep_region_commands_malformed_total",
        "Commands on the bus that are none of ours"
    );
    describe_counter!(
        "realmkeep_region_replies_lost_total",
        "Replies that a region could not hand to the bus"
    );
    describe_gauge!("realmkeep_gateway_sockets", "Open sockets of players");
    describe_counter!("realmkeep_gateway_messages_received_total", "Messages that came from players");
    describe_counter!("realmkeep_gateway_messages_sent_total", "Messages that were sent to players");
    describe_counter!("realmkeep_gateway_sent_bytes_total", "Bytes that were sent to players");
    describe_counter!("realmkeep_gateway_frames_skipped_total", "Frames that a slow client did not take");
    describe_counter!("realmkeep_orders_refused_total", "Players' orders that were refused, by reason");
    describe_counter!("realmkeep_news_dropped_total", "Messages of fights that were too many for a region");
    describe_counter!(
        "realmkeep_gateway_news_skipped_total",
        "Messages of fights that a slow client was not sent"
    );
    describe_counter!("realmkeep_gateway_resyncs_total", "Times that a gateway lost track of a region");
    describe_counter!("realmkeep_gateway_closes_total", "Sockets that were closed, by code");
}
