//! The terrain itself.

use api::Permission;
use grid::{CellCoord, WorldId};

use crate::{Actor, Domain, Error, terrain::Grown};

/// A chunk with its `.bin` payload and hash; the raw height map is [`Chunk::to_r16`](worldgen::Chunk::to_r16).
///
/// # Errors
/// [`Error::NotFound`] for an unknown world, [`Error::InvalidField`] for a cell beyond the grid.
pub async fn read(domain: &Domain, actor: &Actor, world: WorldId, cell: CellCoord) -> Result<Grown, Error> {
    actor.require(Permission::ViewWorlds)?;
    super::check_cell(cell)?;
    domain.terrain().chunk(world, cell).await
}
