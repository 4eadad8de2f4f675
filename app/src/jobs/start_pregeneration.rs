//! Starts the generation of a region's chunks ahead of its players.

use api::job::JobView;
use grid::WorldId;
use leptos::prelude::*;

use crate::Failure;

/// Queues the job.
#[server(prefix = "/api/ui", endpoint = "jobs/start-pregeneration")]
pub(crate) async fn start_pregeneration(
    world: WorldId,
    x: i32,
    z: i32,
    reason: String,
) -> Result<JobView, Failure> {
    let (domain, actor) = crate::caller::allowed_somewhere::<api::right::RunJobs>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    let request =
        api::job::JobRequest::PregenerateRegion { world_id: world, region: grid::RegionCoord::new(x, z) };
    domain::jobs::start(&domain, &actor, request, api::job::StartOptions::default())
        .await
        .map_err(crate::caller::refuse)
}
