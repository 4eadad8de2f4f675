//! Asks for what a pipeline has written.

use api::pipeline::PipelineRows;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::Failure;

/// The newest rows of a pipeline's first table.
#[server(prefix = "/api/ui", endpoint = "pipelines/rows", input = GetUrl)]
pub(crate) async fn list_rows(pipeline: Uuid) -> Result<PipelineRows, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewPipelines>()?;
    domain::pipelines::rows(&domain, &actor, pipeline).await.map_err(crate::caller::refuse)
}
