//! Pausing a pipeline, and letting it go on.

use api::{pipeline::PipelineView, right};
use serde_json::json;
use uuid::Uuid;

use super::{find, list::view};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Alteration},
};

/// Lets a pipeline take in nothing more. Events wait on their streams meanwhile, and none is lost.
///
/// # Errors
/// [`Error::NotFound`] if there is no such pipeline, [`Error::Conflict`] if it is paused.
pub async fn pause(
    domain: &Domain,
    actor: &Allowed<right::ManagePipelines>,
    id: Uuid,
) -> Result<PipelineView, Error> {
    let pipeline = find(domain, id)?;
    let transaction = domain.store().begin().await?;
    if !store::pipelines::pause(&transaction, id, store::now()).await? {
        return Err(Error::Conflict("the pipeline is paused already".to_owned()));
    }
    audit::alteration(&transaction, actor, turn("pipeline.pause", id, true)).await?;
    transaction.commit().await?;
    let state = store::pipelines::find(domain.store(), id).await?.unwrap_or_default();
    view(domain, &pipeline, state).await
}

/// Lets a paused pipeline go on where it was.
///
/// # Errors
/// [`Error::NotFound`] if there is no such pipeline, [`Error::Conflict`] if it is not paused.
pub async fn resume(
    domain: &Domain,
    actor: &Allowed<right::ManagePipelines>,
    id: Uuid,
) -> Result<PipelineView, Error> {
    let pipeline = find(domain, id)?;
    let transaction = domain.store().begin().await?;
    if !store::pipelines::resume(&transaction, id).await? {
        return Err(Error::Conflict("the pipeline is not paused".to_owned()));
    }
    audit::alteration(&transaction, actor, turn("pipeline.resume", id, false)).await?;
    transaction.commit().await?;
    let state = store::pipelines::find(domain.store(), id).await?.unwrap_or_default();
    view(domain, &pipeline, state).await
}

/// What pausing a pipeline, or letting it go on, is in the audit.
fn turn(action: &'static str, id: Uuid, is_paused: bool) -> Alteration {
    Alteration {
        action,
        subject: format!("pipeline {id}"),
        details: json!({}),
        before: json!({ "paused": !is_paused }),
        after: json!({ "paused": is_paused }),
    }
}
