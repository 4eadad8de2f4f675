//! One character.

use api::{Permission, character::CharacterView, right};
use grid::CharacterId;

use super::{build, find::find_for, view};
use crate::{Allowed, Domain, Error};

/// A character of the actor's own; anyone's, for who may `inspect_entities`.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or the actor must not know of it.
pub async fn get(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    character: CharacterId,
) -> Result<CharacterView, Error> {
    let record = find_for(domain.store(), actor, character, Permission::InspectEntities).await?;
    view::view(&build::load(domain.store(), record).await?)
}
