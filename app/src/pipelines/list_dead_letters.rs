//! Asks for the events that a pipeline could make nothing of.

use api::{List, pipeline::DeadLetterView};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::Failure;

/// A pipeline's dead letters, the newest first.
#[server(prefix = "/api/ui", endpoint = "pipelines/dead-letters", input = GetUrl)]
pub(crate) async fn list_dead_letters(pipeline: Uuid) -> Result<List<DeadLetterView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewEvents>()?;
    domain::pipelines::list_dead_letters(&domain, &actor, pipeline, None).await.map_err(crate::caller::refuse)
}
