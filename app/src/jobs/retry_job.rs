//! Tries a background job again.

use api::job::JobView;
use grid::JobId;
use leptos::prelude::*;

use crate::Failure;

/// Lets a job that failed or was cancelled wait for a worker once more.
#[server(prefix = "/api/ui", endpoint = "jobs/retry")]
pub(crate) async fn retry_job(job: JobId, reason: String) -> Result<JobView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::RunJobs>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::jobs::retry(&domain, &actor, job).await.map_err(crate::caller::refuse)
}
