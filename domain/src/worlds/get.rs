//! One world.

use api::{right, world::WorldView};
use grid::WorldId;

use crate::{Allowed, Domain, Error};

/// The world of that id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn get(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    world: WorldId,
) -> Result<WorldView, Error> {
    let world = domain.terrain().world(world).await?;
    Ok(super::view(&world))
}
