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
        worlds.push(super::view(&*domain.terrain().world(record.id).await?));
    }
    Ok(List::whole(worlds))
}
