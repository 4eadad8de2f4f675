//! Asks how the queue stands.

use api::job::QueueView;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// How the queue of jobs stands.
#[server(prefix = "/api/ui", endpoint = "jobs/queue", input = GetUrl)]
pub(crate) async fn read_queue() -> Result<QueueView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewJobs>()?;
    domain::jobs::queue(&domain, &actor).await.map_err(crate::caller::refuse)
}
