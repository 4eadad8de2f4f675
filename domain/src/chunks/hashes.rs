//! The hashes of a square of chunks.

use api::{
    right,
    world::{ChunkHash, ChunkHashesRequest},
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use garde::Validate as _;
use grid::CellCoord;

use crate::{Allowed, Domain, Error};

/// The server's hashes of a square of chunks, row by row, for comparison with a browser's.
///
/// # Errors
/// The square is larger than 16×16 or beyond the grid, or the world is unknown.
pub async fn hashes(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    request: ChunkHashesRequest,
) -> Result<Vec<ChunkHash>, Error> {
    request.validate()?;
    let (first, side) = (request.first, i32::from(request.side));
    super::check_cell(first)?;
    super::check_cell(CellCoord::new(first.x.saturating_add(side - 1), first.z.saturating_add(side - 1)))?;
    let cells = (0..side).flat_map(move |z| (0..side).map(move |x| CellCoord::new(first.x + x, first.z + z)));
    stream::iter(cells)
        .map(async |coord| {
            let grown = domain.terrain().chunk(request.world_id, coord).await?;
            Ok(ChunkHash { coord, hash: grown.hash.to_string() })
        })
        .buffered(domain.terrain().generators_max())
        .try_collect()
        .await
}
