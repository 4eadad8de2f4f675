//! One world.

use api::{Permission, world::WorldView};
use grid::WorldId;

use crate::{Actor, Domain, Error};

/// The world of that id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn get(domain: &Domain, actor: &Actor, world: WorldId) -> Result<WorldView, Error> {
    actor.require(Permission::ViewWorlds)?;
    let world = domain.terrain().world(world).await?;
    Ok(super::view(&world))
}
