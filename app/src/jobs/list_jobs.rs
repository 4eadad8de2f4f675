//! Asks for the background jobs.

use api::{
    List,
    job::{JobState, JobView},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The jobs, the newest first.
#[server(prefix = "/api/ui", endpoint = "jobs/list", input = GetUrl)]
pub(crate) async fn list_jobs(
    state: Option<JobState>,
    kind: Option<String>,
    text: Option<String>,
    cursor: Option<String>,
) -> Result<List<JobView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewJobs>()?;
    let filter = api::job::JobFilter { state, kind, text, cursor };
    domain::jobs::list(&domain, &actor, filter).await.map_err(crate::caller::refuse)
}
