//! All about one entity, for staff who look closely.

use grid::Position;
use rules::Id;
use rules::combat::Ends;
use rules::vocabulary::Movement;

use crate::{EntityId, EntityView, Why, Wits};

/// An entity, closely.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The tick that it is of.
    pub tick: u64,
    /// What everybody may see of it.
    pub view: EntityView,
    /// What it is as a fighter; `None` of who can't fight.
    pub fighter: Option<FighterInspection>,
}

/// A fighter, closely.
#[derive(Clone, Debug, PartialEq)]
pub struct FighterInspection {
    /// Its ability scores with all that changes them, from Strength to Charisma.
    pub scores: [i32; 6],
    /// Armour class, cover left out.
    pub armor_class: i32,
    /// The ways in which it moves, with feet in a turn.
    pub speeds: Vec<(Movement, u16)>,
    /// Character level; of a monster, its level as a caster.
    pub level: u8,
    /// Challenge in eighths; 0 of characters.
    pub challenge_eighths: u16,
    /// What lies on it.
    pub effects: Vec<EffectInspection>,
    /// What it can spend: slots and other stores, with what is left and the most.
    pub stores: Vec<(Id, i32, i32)>,
    /// Levels of exhaustion.
    pub exhaustion: u8,
    /// The spell that it concentrates on, and the level it was cast at.
    pub concentration: Option<(Id, u8)>,
    /// What it rolled for initiative, while it is in a fight.
    pub initiative: Option<i32>,
    /// The tick at which its next turn begins.
    pub turn_at: u64,
    /// The tick at which it counts as being at peace again, unless somebody strikes; while it is in a fight.
    pub peace_at: Option<u64>,
    /// What is left of its turn.
    pub turn: TurnInspection,
    /// What it is about.
    pub task: Option<TaskInspection>,
    /// How it decides; `None` of players.
    pub wits: Option<Wits>,
    /// It runs away.
    pub flees: bool,
    /// Why it did what it did last; `None` if it has not thought yet.
    pub why: Option<Why>,
    /// Who has harmed it in this fight, and by how many hit points, most first.
    pub grudges: Vec<(EntityId, u32)>,
}

/// Something that lies on somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectInspection {
    /// What.
    pub effect: Id,
    /// Conditions that it gives.
    pub conditions: Vec<Id>,
    /// Who laid it there; `None` if they are gone.
    pub source: Option<EntityId>,
    /// The source must concentrate on it.
    pub concentration: bool,
    /// A feature or a worn item, which doesn't end.
    pub innate: bool,
    /// How often it lies there.
    pub stacks: u8,
    /// When it ends.
    pub ends: Ends,
    /// The tick at which it ends, where the turns that measure it tell.
    pub ends_at: Option<u64>,
}

/// What is left of a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TurnInspection {
    /// Actions.
    pub actions: u8,
    /// Attacks of an attack action that was begun.
    pub attacks: u8,
    /// Bonus actions.
    pub bonus_actions: u8,
    /// Reactions until the next turn.
    pub reactions: u8,
    /// Legendary actions until the next turn.
    pub legendary: u8,
    /// Movement in feet.
    pub movement: u16,
}

/// What a fighter is about.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskInspection {
    /// A spell or an action by its id; nothing of a plain attack and of what everybody can do.
    pub what: Option<Id>,
    /// At whom.
    pub targets: Vec<EntityId>,
    /// At which point.
    pub point: Option<Position>,
    /// The tick at which the spell is there that it is casting.
    pub cast_at: Option<u64>,
    /// Somebody ordered it.
    pub is_ordered: bool,
}
