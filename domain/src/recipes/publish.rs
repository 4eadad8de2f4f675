//! The draft becomes the next version.

use api::{
    recipe::{PublishRecipeRequest, RecipeVersion},
    right,
};
use garde::Validate as _;
use grid::WorldId;
use serde_json::json;
use store::{Transaction, recipes::RecipeVersionRecord};
use uuid::Uuid;
use worldgen::ENGINE;

use super::{
    Subject,
    check::{Examined, examine},
    lost_race, versions,
};
use crate::{
    Actor, Allowed, Domain, Error,
    audit::{self, Change},
};

/// Publishes the draft. It takes effect when the server next starts.
///
/// # Errors
/// [`Error::NotFound`] if there is no draft; [`Error::Conflict`] if it is not the revision that is meant, changes nothing
/// or fails a test of its own that the newest version passes; [`Error::InvalidField`] if it is not sound.
pub async fn publish(
    domain: &Domain,
    actor: &Allowed<right::PublishRecipes>,
    world: WorldId,
    request: PublishRecipeRequest,
) -> Result<RecipeVersion, Error> {
    request.validate()?;
    let subject = super::subject(domain, world).await?;
    let draft = store::recipes::find_draft(domain.store(), world).await?.ok_or(Error::NotFound("draft"))?;
    if draft.revision != request.revision {
        return Err(moved_on(request.revision));
    }
    let found = match examine(&subject, draft.yaml.clone()).await? {
        Ok(found) => found,
        Err(faults) => {
            let first = faults.first();
            let message = first.map_or_else(
                || "the recipe was refused".to_owned(),
                |fault| {
                    format!("line {}, column {}: {}: {}", fault.line, fault.column, fault.key, fault.what)
                },
            );
            return Err(Error::InvalidField { field: "yaml", message });
        }
    };
    check_worth(&found)?;
    let transaction = domain.store().begin().await?;
    // Only who takes away the very draft that was read publishes it.
    if !store::recipes::remove_draft(&transaction, world, Some(request.revision)).await? {
        return Err(moved_on(request.revision));
    }
    let next = Next { yaml: draft.yaml, found, reason: &request.reason, restores: None };
    append(&transaction, actor, &subject, next).await?;
    transaction.commit().await?;
    versions::newest(domain, world).await
}

fn moved_on(revision: u32) -> Error {
    Error::Conflict(format!(
        "the draft is no longer at revision {revision}; look at it again before publishing"
    ))
}

fn check_worth(found: &Examined) -> Result<(), Error> {
    if found.changes.is_empty() {
        return Err(Error::Conflict("the draft changes nothing".to_owned()));
    }
    match found.worse() {
        None => Ok(()),
        Some(proof) => Err(Error::Conflict(format!(
            "the recipe's own test {} fails: {:.4}, expected {}",
            proof.test, proof.found, proof.expected
        ))),
    }
}

/// A version about to be made.
pub(super) struct Next<'a> {
    pub(super) yaml: String,
    pub(super) found: Examined,
    pub(super) reason: &'a str,
    pub(super) restores: Option<u32>,
}

/// Adds the version to the history, makes it what the world grows from at the next start, and notes who did it.
pub(super) async fn append(
    transaction: &Transaction,
    actor: &Actor,
    subject: &Subject,
    next: Next<'_>,
) -> Result<(), Error> {
    let (world, version) = (subject.world.record.id, subject.newest.version + 1);
    let record = RecipeVersionRecord {
        id: Uuid::now_v7(),
        world_id: world,
        version,
        yaml: next.yaml,
        engine: ENGINE,
        fingerprint: next.found.fingerprint,
        changes: json!(next.found.changes),
        changes_terrain: next.found.changes_terrain,
        reason: next.reason.to_owned(),
        restores: next.restores,
        published_by: actor.account,
        published_at: store::now(),
    };
    store::recipes::append_version(transaction, &record).await.map_err(lost_race)?;
    store::worlds::set_recipe(transaction, world, (version, &record.yaml, ENGINE)).await?;
    let action = if next.restores.is_some() { "recipe.roll_back" } else { "recipe.publish" };
    let change = Change {
        action,
        subject: format!("world {world}"),
        before: json!({ "version": subject.newest.version, "fingerprint": subject.newest.fingerprint }),
        after: json!({ "version": version, "fingerprint": record.fingerprint, "restores": next.restores }),
        reason: next.reason,
    };
    Ok(audit::change(transaction, actor, change).await?)
}
