//! What comes out of a tick.

use grid::{CellCoord, Position};

use crate::{EntityId, NetId};

/// Everything that a tick has to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TickOutcome {
    /// The number of the tick, from 1.
    pub tick: u64,
    /// What happened, sorted by entity; the events of one entity in the order in which they happened.
    pub events: Vec<Event>,
    /// Cells whose terrain is needed and was not asked for before, sorted.
    pub terrain_wanted: Vec<CellCoord>,
}

/// Something that happened to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A player stands in the region; also the answer to a second join, which changes nothing.
    PlayerSpawned {
        /// Who.
        entity: EntityId,
        /// The entity's number on the wire.
        net_id: NetId,
        /// Where.
        position: Position,
        /// The greatest speed that moves are accepted at, in 1/256 m a second.
        units_per_second: u32,
        /// The number of the last move that was taken; 0 when none was.
        move_seq: u32,
    },
    /// No walkable ground was found near where the player should have stood.
    NoGroundToSpawn {
        /// Who.
        entity: EntityId,
    },
    /// A player has left the region.
    PlayerDespawned {
        /// Who.
        entity: EntityId,
        /// Where they stood last; `None` if they left before they found ground.
        position: Option<Position>,
    },
    /// A player's move was taken.
    MoveApplied {
        /// Who.
        entity: EntityId,
        /// The client's number of the move.
        seq: u32,
    },
    /// A player's move was not taken.
    MoveRefused {
        /// Who.
        entity: EntityId,
        /// The client's number of the move.
        seq: u32,
        /// Why.
        refusal: MoveRefusal,
        /// Where the player stands instead.
        position: Position,
    },
    /// A command named a player who is not in the region.
    UnknownPlayer {
        /// Who.
        entity: EntityId,
    },
}

impl Event {
    /// Whom the event is about.
    #[must_use]
    pub const fn entity(&self) -> EntityId {
        match self {
            Self::PlayerSpawned { entity, .. }
            | Self::NoGroundToSpawn { entity }
            | Self::PlayerDespawned { entity, .. }
            | Self::MoveApplied { entity, .. }
            | Self::MoveRefused { entity, .. }
            | Self::UnknownPlayer { entity } => *entity,
        }
    }
}

/// Why a move was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum MoveRefusal {
    /// Farther than the player's speed allows in the time that has passed.
    #[error("faster than this character can walk")]
    TooFast,
    /// Water or a slope too steep lies on the straight line.
    #[error("the ground on the way can't be walked on")]
    NotWalkable,
    /// The terrain there is not known yet.
    #[error("the terrain there is not loaded")]
    NotLoaded,
    /// The number of the move is not above the last one's.
    #[error("the move's number is not above the last one's")]
    OutOfOrder,
    /// The point belongs to another region.
    #[error("the point lies outside of the region")]
    OutOfRegion,
}
