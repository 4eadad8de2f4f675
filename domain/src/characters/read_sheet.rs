//! A character's sheet.

use api::{Permission, character::CharacterRecord, right};
use grid::CharacterId;

use super::{build, find::find_for, view};
use crate::{Allowed, Domain, Error};

/// The sheet of a character of the actor's own; anyone's, for who may `inspect_entities`.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or the actor must not know of it.
pub async fn read_sheet(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    character: CharacterId,
) -> Result<CharacterRecord, Error> {
    let record = find_for(domain.store(), actor, character, Permission::InspectEntities).await?;
    view::record(&build::load(domain.store(), record).await?)
}
