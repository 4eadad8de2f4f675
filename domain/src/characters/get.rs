//! One character.

use api::{Permission, character::CharacterView};
use grid::CharacterId;

use crate::{Actor, Domain, Error};

/// A character of the actor's own.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or it is somebody else's.
pub async fn get(domain: &Domain, actor: &Actor, character: CharacterId) -> Result<CharacterView, Error> {
    let account = actor.require(Permission::PlayGame)?;
    super::view(&super::find_own(domain, account, character).await?)
}
