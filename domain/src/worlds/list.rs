//! All worlds.

use api::{List, Permission, world::WorldView};

use crate::{Actor, Domain, Error};

/// The worlds of this installation, the oldest first.
///
/// # Errors
/// The actor may not see them, or the database failed.
pub async fn list(domain: &Domain, actor: &Actor) -> Result<List<WorldView>, Error> {
    actor.require(Permission::ViewWorlds)?;
    let mut worlds = Vec::new();
    for record in store::worlds::list(domain.store()).await? {
        let world = domain.terrain().world(record.id).await?;
        worlds.push(super::view(&world));
    }
    Ok(List::whole(worlds))
}
