//! Lets the queue stand still, or go on.

use api::job::QueueView;
use leptos::prelude::*;

use crate::Failure;

/// Lets the queue of jobs stand still, or go on.
#[server(prefix = "/api/ui", endpoint = "jobs/pause-queue")]
pub(crate) async fn pause_queue(pause: bool, reason: String) -> Result<QueueView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::RunJobs>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::jobs::pause_queue(&domain, &actor, pause).await.map_err(crate::caller::refuse)
}
