//! The draft of a world's recipe: one a world, shared by its designers.

use api::{
    recipe::{RecipeDraft, SaveDraftRequest},
    right,
};
use garde::Validate as _;
use grid::WorldId;
use serde_json::json;
use store::recipes::RecipeDraftRecord;
use uuid::Uuid;

use super::{Names, compile, lost_race};
use crate::{Allowed, Domain, Error, audit};

/// The draft, if there is one.
///
/// # Errors
/// [`Error::NotFound`] if there is no such world.
pub async fn read_draft(
    domain: &Domain,
    _: &Allowed<right::ViewRecipes>,
    world: WorldId,
) -> Result<Option<RecipeDraft>, Error> {
    let seed = domain.terrain().world(world).await?.record.seed;
    match store::recipes::find_draft(domain.store(), world).await? {
        Some(draft) => Ok(Some(view(domain, draft, seed).await?)),
        None => Ok(None),
    }
}

/// Keeps a text as the draft. It need not be sound: its faults come back with it.
///
/// # Errors
/// [`Error::Conflict`] if the draft is not at the revision that the text was made from: somebody else saved.
pub async fn save_draft(
    domain: &Domain,
    actor: &Allowed<right::EditRecipes>,
    world: WorldId,
    request: SaveDraftRequest,
) -> Result<RecipeDraft, Error> {
    request.validate()?;
    let subject = super::subject(domain, world).await?;
    let (by, at) = (actor.account(), domain.now());
    let transaction = domain.store().begin().await?;
    if request.revision == 0 {
        let draft = RecipeDraftRecord {
            id: Uuid::now_v7(),
            world_id: world,
            yaml: request.yaml,
            revision: 1,
            based_on: subject.newest.version,
            saved_by: Some(by),
            saved_at: at,
        };
        store::recipes::begin_draft(&transaction, &draft).await.map_err(lost_race)?;
    } else {
        let text = (request.yaml.as_str(), by, at);
        if !store::recipes::save_draft(&transaction, world, request.revision, text).await? {
            return Err(Error::Conflict(format!(
                "the draft is no longer at revision {}: somebody saved or published meanwhile; read it again",
                request.revision
            )));
        }
    }
    let details = json!({ "revision": request.revision + 1 });
    audit::note(&transaction, actor, "recipe.save_draft", format!("world {world}"), details).await?;
    let saved = store::recipes::find_draft(&transaction, world).await?;
    let saved = saved.ok_or_else(|| Error::Internal("a draft that was just saved is gone".to_owned()))?;
    transaction.commit().await?;
    view(domain, saved, subject.world.record.seed).await
}

/// Throws the draft away.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn discard_draft(
    domain: &Domain,
    actor: &Allowed<right::EditRecipes>,
    world: WorldId,
) -> Result<(), Error> {
    let transaction = domain.store().begin().await?;
    let draft = store::recipes::find_draft(&transaction, world).await?.ok_or(Error::NotFound("draft"))?;
    store::recipes::remove_draft(&transaction, world, None).await?;
    let details = json!({ "revision": draft.revision });
    audit::note(&transaction, actor, "recipe.discard_draft", format!("world {world}"), details).await?;
    Ok(transaction.commit().await?)
}

async fn view(domain: &Domain, draft: RecipeDraftRecord, seed: u64) -> Result<RecipeDraft, Error> {
    let names = Names::of(domain, [draft.saved_by].into_iter()).await?;
    let faults = match compile(draft.yaml.clone(), seed).await? {
        Ok((_, warnings)) => warnings,
        Err(faults) => faults,
    };
    Ok(RecipeDraft {
        id: draft.id,
        yaml: draft.yaml,
        revision: draft.revision,
        based_on: draft.based_on,
        saved_at: draft.saved_at,
        saved_by: names.name(draft.saved_by),
        faults,
    })
}
