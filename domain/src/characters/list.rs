//! One's characters.

use api::{List, Permission, character::CharacterView};

use crate::{Actor, Domain, Error};

/// The actor's own characters, the oldest first.
///
/// # Errors
/// The actor may not play, or the database failed.
pub async fn list(domain: &Domain, actor: &Actor) -> Result<List<CharacterView>, Error> {
    let account = actor.require(Permission::PlayGame)?;
    let own = store::characters::list_of_account(domain.store(), account).await?;
    Ok(List::whole(own.iter().map(super::view).collect::<Result<_, _>>()?))
}
