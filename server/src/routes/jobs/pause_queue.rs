//! `POST jobs/queue/pause`

use api::{job::QueueView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, WithReason},
    routes::answers::Failures,
};

/// Let the queue of jobs stand still
#[utoipa::path(
    post,
    path = "/jobs/queue/pause",
    tag = "Jobs",
    operation_id = "jobs_pause_queue",
    params(WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The queue; jobs that run stop at their next step", body = QueueView), Failures)
)]
pub(crate) async fn pause_queue(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::RunJobs>,
    Because(reason): Because,
) -> Result<axum::Json<QueueView>, Refusal> {
    let reply = domain::jobs::pause_queue(&domain, &actor.because(reason), true).await?;
    Ok(axum::Json(reply))
}
