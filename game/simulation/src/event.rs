//! What comes out of a tick.

use std::sync::Arc;

use grid::{CellCoord, Position, RequestId};
use rules::Id;
use rules::character::Wear;
use rules::vocabulary::DamageType;

use crate::{EntityId, Fact, NetId, OrderRefusal};

/// Everything that a tick has to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TickOutcome {
    /// The number of the tick, from 1.
    pub tick: u64,
    /// What happened, in the order of cause and effect; players' moves, of which none causes another, by entity.
    pub events: Vec<Event>,
    /// Cells whose terrain is needed and was not asked for before, sorted.
    pub terrain_wanted: Vec<CellCoord>,
}

/// Something that happened to an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A monster or an NPC stands in the region.
    Spawned {
        /// Who asked; nobody, if the region set it out by itself or it was called.
        request: Option<RequestId>,
        /// Who.
        entity: EntityId,
        /// The entity's number on the wire.
        net_id: NetId,
        /// Its stat block.
        monster: Id,
        /// Where.
        position: Position,
    },
    /// A monster or an NPC could not be set into the region.
    SpawnRefused {
        /// Who asked.
        request: RequestId,
        /// Who it would have been.
        entity: EntityId,
        /// Why.
        refusal: OrderRefusal,
    },
    /// A monster or an NPC is gone.
    Despawned {
        /// Who asked; nobody, if its time was over.
        request: Option<RequestId>,
        /// Who.
        entity: EntityId,
    },
    /// The answer to an order: taken, or refused. What was taken can still fail later; see [`Event::OrderFailed`].
    Ordered {
        /// Who asked.
        request: RequestId,
        /// Who was told.
        entity: EntityId,
        /// Taken, or why not.
        outcome: Result<(), OrderRefusal>,
    },
    /// An order that was taken can't be carried out any more.
    OrderFailed {
        /// Who asked.
        request: RequestId,
        /// Who was told.
        entity: EntityId,
        /// Why.
        refusal: OrderRefusal,
    },
    /// Something happened in a fight.
    Fought {
        /// To whom.
        entity: EntityId,
        /// What.
        fact: Fact,
    },
    /// An attack or a spell struck, or missed, and a player dealt it or took it.
    Struck {
        /// Who struck.
        entity: EntityId,
        /// Whom.
        target: EntityId,
        /// With what, and what it cost.
        blow: Blow,
    },
    /// Someone fell to 0 hit points.
    Fell {
        /// Who.
        entity: EntityId,
        /// By whom.
        by: EntityId,
    },
    /// Someone died.
    Died {
        /// Who.
        entity: EntityId,
        /// By whom.
        by: EntityId,
    },
    /// Someone lives again.
    Revived {
        /// Who.
        entity: EntityId,
        /// Where.
        position: Position,
    },
    /// A player has earned experience by a fight.
    Earned {
        /// Who.
        entity: EntityId,
        /// How much.
        experience: u32,
        /// By whose death.
        by: EntityId,
    },
    /// The dead left something behind.
    LeftBehind {
        /// The dead.
        entity: EntityId,
        /// The id of the heap, which lies in the region from now on.
        heap: EntityId,
        /// What the dead was called.
        name: Arc<str>,
        /// Where.
        at: Position,
        /// Who did most to bring it down: theirs by right. Nobody, if no player fought it.
        belongs_to: Option<EntityId>,
        /// Coins, in copper pieces.
        money_cp: u32,
        /// Things, one for each piece.
        items: [Option<Id>; HEAP_ITEMS_MAX],
    },
    /// A player took a heap up: it is theirs with all that is in it, and gone from the ground.
    TookUp {
        /// Who.
        entity: EntityId,
        /// Which.
        heap: EntityId,
    },
    /// A heap is gone that nobody took up in time.
    Vanished {
        /// Which.
        heap: EntityId,
    },
    /// What a player's character has been through, for those who keep it: when it leaves, and when a fight is over.
    Worn {
        /// Who.
        entity: EntityId,
        /// Wounds, spent slots and the like.
        wear: Arc<Wear>,
    },
}

/// An attack or a spell against somebody, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blow {
    /// The action or spell; `None` of an attack with what is at hand, and of what goes on after an action.
    pub action: Option<Id>,
    /// It struck.
    pub hit: bool,
    /// It was a critical hit.
    pub critical: bool,
    /// Hit points that it took, temporary ones not counted.
    pub damage: u32,
    /// The kind of most of the damage.
    pub kind: Option<DamageType>,
}

/// Most pieces that one of the dead leaves behind.
pub const HEAP_ITEMS_MAX: usize = 4;

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
            | Self::UnknownPlayer { entity }
            | Self::Spawned { entity, .. }
            | Self::SpawnRefused { entity, .. }
            | Self::Despawned { entity, .. }
            | Self::Ordered { entity, .. }
            | Self::OrderFailed { entity, .. }
            | Self::Fought { entity, .. }
            | Self::Struck { entity, .. }
            | Self::Fell { entity, .. }
            | Self::Died { entity, .. }
            | Self::Revived { entity, .. }
            | Self::Earned { entity, .. }
            | Self::LeftBehind { entity, .. }
            | Self::TookUp { entity, .. }
            | Self::Vanished { heap: entity }
            | Self::Worn { entity, .. } => *entity,
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
    /// Something holds the character: it is down, grappled, paralysed or the like.
    #[error("the character can't move now")]
    Held,
}
