//! What may be asked of a region.

use std::sync::Arc;

use grid::{CellCoord, Position, RequestId};
use rules::character::Character;
use rules::{Id, Race};

use crate::{Alteration, Chunk, EntityId, Faction, GroundPoint, Order, Wits};

/// A command to the simulation, applied in the tick that it is handed to.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub enum Command {
    /// The terrain of a wanted cell is here.
    TerrainReady {
        /// Which cell.
        coord: CellCoord,
        /// Its terrain.
        #[serde(with = "crate::recording::chunk_bytes")]
        chunk: Arc<Chunk>,
    },
    /// The terrain of a wanted cell could not be had; it is asked for again later.
    TerrainFailed {
        /// Which cell.
        coord: CellCoord,
    },
    /// A player enters, or comes back before they were taken out.
    PlayerJoin(PlayerJoin),
    /// A player asks to be elsewhere.
    PlayerMove {
        /// Who.
        entity: EntityId,
        /// The client's number of the move, growing.
        seq: u32,
        /// Where to.
        to: GroundPoint,
        /// Where to look, in 256ths of a turn.
        yaw: u8,
    },
    /// A player's socket dropped. They stand where they are until they join again or leave.
    PlayerLinkdead {
        /// Who.
        entity: EntityId,
    },
    /// A player is taken out.
    PlayerLeave {
        /// Who.
        entity: EntityId,
    },
    /// Someone's character has changed: a level, an item, a rest. Whoever fights with it goes on with the new one.
    PlayerSheet {
        /// Who.
        entity: EntityId,
        /// The character as it is now.
        #[serde(with = "crate::recording::shared")]
        character: Arc<Character>,
        /// Its wear is new as well, as after a rest. Otherwise what it has been through here counts, up to this tick.
        with_wear: bool,
    },
    /// A monster or an NPC is set into the region.
    Spawn(Spawn),
    /// An entity that is no player is taken out.
    Despawn {
        /// Who asks; the answer carries it.
        request: RequestId,
        /// Whom.
        entity: EntityId,
    },
    /// What was left behind before the region was started anew lies there again.
    Lay(LeftHeap),
    /// A player belongs to a party from now on, or to none. It counts for who is elsewhere, too, and when they come back.
    Party {
        /// Who.
        entity: EntityId,
        /// Which.
        party: Option<PartyId>,
    },
    /// An entity is told what to do.
    Order {
        /// Who asks; the answer carries it.
        request: RequestId,
        /// Who is told.
        entity: EntityId,
        /// What to do.
        order: Order,
    },
    /// Staff change something about an entity.
    Alter {
        /// Who asks; the answer carries it.
        request: RequestId,
        /// Whom.
        entity: EntityId,
        /// What.
        alteration: Alteration,
    },
}

/// A monster or an NPC that is set into the region.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Spawn {
    /// Who asks; the answer carries it.
    pub request: RequestId,
    /// The id that it will have.
    pub entity: EntityId,
    /// Its stat block.
    pub monster: Id,
    /// What it is called; its stat block's name without it.
    #[serde(with = "crate::recording::shared_if_any")]
    pub name: Option<Arc<str>>,
    /// Where it stands, or near it.
    pub at: GroundPoint,
    /// Whom it fights for.
    pub faction: Faction,
    /// How it decides what to do by itself.
    pub wits: Wits,
}

/// A party of players.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct PartyId(pub uuid::Uuid);

/// Things that somebody has left behind. What they are is known by those who keep them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LeftHeap {
    /// Its id.
    pub heap: EntityId,
    /// The name of who left it.
    #[serde(with = "crate::recording::shared")]
    pub name: Arc<str>,
    /// Where it lies.
    pub at: Position,
    /// Who has the first right to it.
    pub belongs_to: Option<EntityId>,
    /// How long it lies there yet.
    pub lasts_ticks: u32,
}

/// Who enters a region, and where.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PlayerJoin {
    /// The player's entity: the same for a character's whole life.
    pub entity: EntityId,
    /// The character's name.
    #[serde(with = "crate::recording::shared")]
    pub name: Arc<str>,
    /// The character's race: how it looks, and how fast it walks.
    pub race: Race,
    /// Where they stood last; the region's spawn point without it.
    pub at: Option<Position>,
    /// What the character is by the rules, wounds included: it fights with it. Without it, it can only walk.
    #[serde(with = "crate::recording::shared_if_any")]
    pub character: Option<Arc<Character>>,
}
