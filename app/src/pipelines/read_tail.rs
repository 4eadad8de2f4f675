//! Asks for the newest events for a pipeline.

use api::pipeline::PipelineTail;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::Failure;

/// The newest events for a pipeline, and what its steps make of each.
#[server(prefix = "/api/ui", endpoint = "pipelines/tail", input = GetUrl)]
pub(crate) async fn read_tail(pipeline: Uuid) -> Result<PipelineTail, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewEvents>()?;
    domain::pipelines::tail(&domain, &actor, pipeline).await.map_err(crate::caller::refuse)
}
