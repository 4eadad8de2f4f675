//! A character as a document.

use api::{Permission, character::CharacterExport, right};
use grid::CharacterId;

use super::{build, find::find_for};
use crate::{Allowed, Domain, Error};

/// All that is kept of a character of the actor's own; of anyone's, for who may `inspect_entities`.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or the actor must not know of it.
pub async fn export(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    character: CharacterId,
) -> Result<CharacterExport, Error> {
    let record = find_for(domain.store(), actor, character, Permission::InspectEntities).await?;
    let built = build::load(domain.store(), record).await?;
    let build = serde_json::to_value(&built.character)
        .map_err(|error| Error::Internal(format!("a build can't be written: {error}")))?;
    Ok(CharacterExport {
        id: built.record.id,
        version: build::VERSION,
        name: built.record.name,
        created_at: built.record.created_at,
        build,
    })
}
