//! `POST jobs/queue/resume`

use api::{job::QueueView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, WithReason},
    routes::answers::Failures,
};

/// Let the queue of jobs go on
#[utoipa::path(
    post,
    path = "/jobs/queue/resume",
    tag = "Jobs",
    operation_id = "jobs_resume_queue",
    params(WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The queue; jobs go on where they were", body = QueueView), Failures)
)]
pub(crate) async fn resume_queue(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::RunJobs>,
    Because(reason): Because,
) -> Result<axum::Json<QueueView>, Refusal> {
    let reply = domain::jobs::pause_queue(&domain, &actor.because(reason), false).await?;
    Ok(axum::Json(reply))
}
