//! What may be asked of a region.

use std::sync::Arc;

use grid::{CellCoord, Position};
use rules::Race;

use crate::{Chunk, EntityId, GroundPoint};

/// A command to the simulation, applied in the tick that it is handed to.
#[derive(Clone, Debug)]
pub enum Command {
    /// The terrain of a wanted cell is here.
    TerrainReady {
        /// Which cell.
        coord: CellCoord,
        /// Its terrain.
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
}

/// Who enters a region, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayerJoin {
    /// The player's entity: the same for a character's whole life.
    pub entity: EntityId,
    /// The character's name.
    pub name: Arc<str>,
    /// The character's race: how it looks, and how fast it walks.
    pub race: Race,
    /// Where they stood last; the region's spawn point without it.
    pub at: Option<Position>,
}
