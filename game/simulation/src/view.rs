//! What others may see of an entity.

use std::sync::Arc;

use grid::Position;
use rules::Id;
use rules::character::Wear;
use rules::combat::Volume;

use crate::{EntityId, EntityKind, Faction, NetId};

/// An entity as it stands after a tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityView {
    /// The entity's number on the wire, unique in the region as long as it lives.
    pub net_id: NetId,
    /// Its id everywhere else.
    pub entity: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// What it is called.
    pub name: Arc<str>,
    /// Where it stands.
    pub position: Position,
    /// Where it looks, in 256ths of a turn: 0 north, 64 east.
    pub yaw: u8,
    /// How fast it may walk now, in 1/256 m a second.
    pub units_per_second: u32,
    /// It moved in this tick.
    pub walking: bool,
    /// A player whose socket is gone and who may come back.
    pub linkdead: bool,
    /// How it stands in a fight; `None` of who can't fight.
    pub fighter: Option<FighterView>,
}

/// How an entity stands in a fight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FighterView {
    /// Its stat block; `None` of characters.
    pub monster: Option<Id>,
    /// Whom it fights for.
    pub faction: Faction,
    /// Hit points left.
    pub hit_points: i32,
    /// Most hit points.
    pub hit_points_max: i32,
    /// Temporary hit points.
    pub temporary: i32,
    /// How alive it is.
    pub vitality: Vitality,
    /// It is in a fight.
    pub fights: bool,
    /// Whom it fights just now.
    pub target: Option<EntityId>,
    /// The spell that it is casting.
    pub casting: Option<Id>,
    /// The point at which it casts it, if it is aimed at one.
    pub aim: Option<Position>,
    /// Conditions that it has.
    pub conditions: Vec<Id>,
}

/// A zone, a wall or an aura, as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AreaView {
    /// Its number in the region; used again after it has ended.
    pub number: u32,
    /// The spell, action or feature that made it.
    pub cause: Id,
    /// Who made it, or carries it about; `None` if they are gone.
    pub source: Option<EntityId>,
    /// Where it is, in feet and positions.
    pub volume: Volume,
}

/// How a player's character stands, for those who keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Wounds, spent slots and the like.
    pub wear: Wear,
    /// It is in a fight.
    pub fights: bool,
    /// Ticks since its last fight was over, if it has been in one since it came.
    pub calm_ticks: Option<u64>,
}

/// What a fighter counts as in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The class in which it has most levels; `None` of monsters.
    pub class: Option<Id>,
    /// All its levels; the challenge rating of a monster, rounded down.
    pub level: u32,
}

/// How alive an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vitality {
    /// Up, or unconscious by something else than its wounds.
    Alive,
    /// At 0 hit points, between life and death.
    Dying,
    /// At 0 hit points, out of danger.
    Stable,
    /// Dead.
    Dead,
}
