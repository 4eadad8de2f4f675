//! Pauses a pipeline, or lets it go on.

use api::pipeline::PipelineView;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Lets a pipeline take in nothing more.
#[server(prefix = "/api/ui", endpoint = "pipelines/pause")]
pub(crate) async fn pause_pipeline(pipeline: Uuid, reason: String) -> Result<PipelineView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManagePipelines>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::pipelines::pause(&domain, &actor, pipeline).await.map_err(crate::caller::refuse)
}

/// Lets a paused pipeline go on where it was.
#[server(prefix = "/api/ui", endpoint = "pipelines/resume")]
pub(crate) async fn resume_pipeline(pipeline: Uuid, reason: String) -> Result<PipelineView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManagePipelines>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::pipelines::resume(&domain, &actor, pipeline).await.map_err(crate::caller::refuse)
}
