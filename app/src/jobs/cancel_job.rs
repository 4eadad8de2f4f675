//! Cancels a background job.

use api::job::JobView;
use grid::JobId;
use leptos::prelude::*;

use crate::Failure;

/// Stops a job at its next step. What it has done stays.
#[server(prefix = "/api/ui", endpoint = "jobs/cancel")]
pub(crate) async fn cancel_job(job: JobId, reason: String) -> Result<JobView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::CancelJobs>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::jobs::cancel(&domain, &actor, job).await.map_err(crate::caller::refuse)
}
