//! All worlds.

use api::{List, right, world::WorldView};

use crate::{Allowed, Domain, Error};

/// The worlds of this installation, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn list(domain: &Domain, _: &Allowed<right::ViewWorlds>) -> Result<List<WorldView>, Error> {
    let mut worlds = Vec::new();
    for record in store::worlds::list(domain.store()).await? {
        let world = domain.terrain().world(record.id).await?;
        worlds.push(super::view(&world));
    }
    Ok(List::whole(worlds))
}
