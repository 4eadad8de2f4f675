//! An earlier text becomes the next version.

use api::{
    recipe::{RecipeVersion, RollBackRecipeRequest},
    right,
};
use garde::Validate as _;
use grid::WorldId;

use super::{
    check::examine,
    publish::{Next, append},
    versions,
};
use crate::{Allowed, Domain, Error};

/// Publishes the text of an earlier version anew. Its own tests are not asked: it was in force before. The draft stays.
///
/// # Errors
/// [`Error::NotFound`] if there is no such version; [`Error::Conflict`] if it is the newest, says the same as the newest,
/// or is of a generator that this server no longer has.
pub async fn roll_back(
    domain: &Domain,
    actor: &Allowed<right::PublishRecipes>,
    world: WorldId,
    request: RollBackRecipeRequest,
) -> Result<RecipeVersion, Error> {
    request.validate()?;
    let subject = super::subject(domain, world).await?;
    let version = store::recipes::find_version(domain.store(), world, request.version).await?;
    let version = version.ok_or(Error::NotFound("version of this world's recipe"))?;
    let Ok(found) = examine(&subject, version.yaml.clone()).await? else {
        let message = format!("version {} doesn't work with this server's generator", version.version);
        return Err(Error::Conflict(message));
    };
    if found.changes.is_empty() {
        let message = format!("version {} says the same as the newest one", version.version);
        return Err(Error::Conflict(message));
    }
    let transaction = domain.store().begin().await?;
    let next = Next { yaml: version.yaml, found, reason: &request.reason, restores: Some(version.version) };
    append(&transaction, actor, &subject, next).await?;
    transaction.commit().await?;
    versions::newest(domain, world).await
}
