//! Asks for the pipelines.

use api::{List, pipeline::PipelineView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// All pipelines, and how they do.
#[server(prefix = "/api/ui", endpoint = "pipelines/list", input = GetUrl)]
pub(crate) async fn list_pipelines() -> Result<List<PipelineView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewPipelines>()?;
    domain::pipelines::list(&domain, &actor).await.map_err(crate::caller::refuse)
}
