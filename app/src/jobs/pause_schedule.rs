//! Lets a schedule stand still, or go on.

use api::job::ScheduleView;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Lets a schedule stand still, or go on from now.
#[server(prefix = "/api/ui", endpoint = "jobs/pause-schedule")]
pub(crate) async fn pause_schedule(
    schedule: Uuid,
    pause: bool,
    reason: String,
) -> Result<ScheduleView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::RunJobs>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::jobs::pause_schedule(&domain, &actor, schedule, pause).await.map_err(crate::caller::refuse)
}
