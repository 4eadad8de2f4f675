//! Asks for the background jobs.

use api::{List, job::JobView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The jobs, the newest first.
#[server(prefix = "/api/ui", endpoint = "jobs/list", input = GetUrl)]
pub(crate) async fn list_jobs(cursor: Option<String>) -> Result<List<JobView>, Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::jobs::list(&domain, &actor, cursor).await.map_err(crate::caller::refuse)
}
