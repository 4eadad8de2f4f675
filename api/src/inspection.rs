//! All about one entity of the live region.

use chrono::{DateTime, Utc};
use grid::{EntityId, Position};
use serde::{Deserialize, Serialize};

use crate::{character::Named, combat_log::CombatParty, entity::EntityView};

/// `GET ecs/entities/{id}`: an entity, closely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityInspection {
    /// The entity.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EntityId,
    /// The tick that it is of.
    pub tick: u64,
    /// When that was.
    pub at: DateTime<Utc>,
    /// What everybody may see of it.
    pub entity: EntityView,
    /// What it is as a fighter; null of who can't fight.
    pub fighter: Option<FighterInspection>,
}

/// A fighter, closely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FighterInspection {
    /// Its stat block; null of characters.
    pub monster: Option<Named>,
    /// Character level; of a monster, its level as a caster.
    pub level: u8,
    /// Challenge rating of a monster, such as `1/4`.
    pub challenge: Option<String>,
    /// Its ability scores with all that changes them, from Strength to Charisma.
    pub scores: [i32; 6],
    /// Armour class, cover left out.
    pub armor_class: i32,
    /// The ways in which it moves, with feet in a turn.
    pub speeds: Vec<SpeedView>,
    /// What lies on it.
    pub effects: Vec<EffectView>,
    /// What it can spend.
    pub stores: Vec<StoreView>,
    /// Levels of exhaustion.
    pub exhaustion: u8,
    /// The spell that it concentrates on.
    pub concentration: Option<Named>,
    /// What it rolled for initiative, while it is in a fight.
    pub initiative: Option<i32>,
    /// Seconds until its next turn begins.
    pub turn_in_s: f64,
    /// Seconds until it counts as being at peace again, unless somebody strikes; null at peace.
    pub peace_in_s: Option<f64>,
    /// What is left of its turn.
    pub turn: TurnView,
    /// What it is about.
    pub task: Option<TaskView>,
    /// How it decides, such as `own`; null of players.
    pub wits: Option<String>,
    /// It runs away.
    pub flees: bool,
    /// Why it did what it did last.
    pub thought: Option<ThoughtView>,
    /// Who has harmed it in this fight, most first.
    pub grudges: Vec<GrudgeView>,
}

/// A way of moving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpeedView {
    /// Such as `walk`.
    pub way: String,
    /// Feet in a turn.
    pub feet: u16,
}

/// Something that lies on somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EffectView {
    /// What.
    pub effect: Named,
    /// Conditions that it gives.
    pub conditions: Vec<Named>,
    /// Who laid it there; null if they are gone.
    pub source: Option<CombatParty>,
    /// The source must concentrate on it.
    pub concentration: bool,
    /// A feature or a worn item, which doesn't end.
    pub innate: bool,
    /// How often it lies there.
    pub stacks: u8,
    /// When it ends, in words.
    pub ends: String,
    /// Seconds until it ends, where turns tell.
    pub ends_in_s: Option<f64>,
}

/// Something that can be spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreView {
    /// What, such as `slot3`.
    pub store: Named,
    /// What is left.
    pub left: i32,
    /// The most.
    pub max: i32,
}

/// What is left of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TurnView {
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
    pub movement_ft: u16,
}

/// What a fighter is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskView {
    /// A spell or an action; null of a plain attack and of what everybody can do.
    pub what: Option<Named>,
    /// At whom.
    pub targets: Vec<CombatParty>,
    /// At which point, in 1/256 m.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub point: Option<Position>,
    /// Seconds until the spell is there that it is casting.
    pub cast_in_s: Option<f64>,
    /// Somebody ordered it.
    pub is_ordered: bool,
}

/// A thought of who decides by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThoughtView {
    /// Seconds since.
    pub ago_s: f64,
    /// How many things to do were considered.
    pub considered: u32,
    /// The best of them; the first was chosen.
    pub best: Vec<CandidateView>,
}

/// Something that was considered. Worths are in hit points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CandidateView {
    /// A spell, an action or an item; null for the bare body.
    pub what: Option<Named>,
    /// At whom, first.
    pub target: Option<CombatParty>,
    /// All in all.
    pub worth: f64,
    /// Of that, harm to foes.
    pub harm: f64,
    /// Hindrance to foes, and help to friends.
    pub help: f64,
    /// Harm to friends, and what it costs.
    pub cost: f64,
}

/// Harm that somebody has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrudgeView {
    /// Who.
    pub by: CombatParty,
    /// Hit points.
    pub harm: u32,
}
