//! Asks for a schedule's job now.

use api::job::JobView;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Queues the job of a schedule, whatever the clock says.
#[server(prefix = "/api/ui", endpoint = "jobs/run-schedule")]
pub(crate) async fn run_schedule(schedule: Uuid, reason: String) -> Result<JobView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::RunJobs>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::jobs::run_schedule(&domain, &actor, schedule).await.map_err(crate::caller::refuse)
}
