//! The terrain itself.

use std::sync::Arc;

use api::right;
use grid::{CellCoord, WorldId};

use crate::{Allowed, Domain, Error, terrain::Grown};

/// Terrain, and the fingerprint of the world that it is of.
#[derive(Clone, Debug)]
pub struct ReadTerrain {
    /// The terrain.
    pub grown: Grown,
    /// All that decides it.
    pub fingerprint: Arc<str>,
}

/// A chunk with its `.bin` payload and hash; the raw height map is [`Chunk::to_r16`](worldgen::Chunk::to_r16).
///
/// # Errors
/// [`Error::NotFound`] for an unknown world, [`Error::InvalidField`] for a cell beyond the grid.
pub async fn read(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    world: WorldId,
    cell: CellCoord,
) -> Result<ReadTerrain, Error> {
    super::check_cell(cell)?;
    let grown = domain.terrain().chunk(world, cell).await?;
    Ok(ReadTerrain { grown, fingerprint: Arc::clone(&domain.terrain().world(world).await?.fingerprint) })
}
