//! Where a region gets its terrain from.

use std::sync::Arc;

use async_trait::async_trait;
use grid::CellCoord;
use simulation::Chunk;

/// Gives terrain, from a cache, a store, or by generating it.
#[async_trait]
pub trait TerrainSource: Send + Sync {
    /// The cell's terrain.
    ///
    /// # Errors
    /// When it can't be had now; the region asks again in a while.
    async fn chunk(&self, cell: CellCoord) -> Result<Arc<Chunk>, TerrainError>;
}

/// Why terrain can't be had.
#[derive(Debug, thiserror::Error)]
#[error("no terrain for cell {}/{}: {reason}", cell.x, cell.z)]
pub struct TerrainError {
    /// The cell.
    pub cell: CellCoord,
    /// What went wrong, for the log.
    pub reason: String,
}
