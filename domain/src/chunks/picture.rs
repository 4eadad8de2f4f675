//! A chunk as a picture.

use api::right;
use bytes::Bytes;
use grid::{CellCoord, WorldId};
use tokio::task::spawn_blocking;

use crate::{Allowed, Domain, Error};

/// A chunk as a PNG of 64×64 pixels.
///
/// # Errors
/// [`Error::NotFound`] for an unknown world, [`Error::InvalidField`] for a cell beyond the grid.
pub async fn picture(
    domain: &Domain,
    actor: &Allowed<right::ViewWorlds>,
    world: WorldId,
    cell: CellCoord,
) -> Result<Bytes, Error> {
    let grown = super::read(domain, actor, world, cell).await?.grown;
    let world = domain.terrain().world(world).await?;
    let drawn = spawn_blocking(move || grown.chunk.to_png(world.world.recipe())).await;
    match drawn {
        Ok(Ok(png)) => Ok(Bytes::from(png)),
        Ok(Err(error)) => Err(Error::Internal(format!("a chunk cannot be drawn: {error}"))),
        Err(error) => Err(Error::Internal(format!("a chunk cannot be drawn: {error}"))),
    }
}
