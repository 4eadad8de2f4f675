//! `POST jobs/{id}/cancel`

use api::{JobId, job::JobView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Path, WithReason},
    routes::answers::Failures,
};

/// Cancel a job
#[utoipa::path(
    post,
    path = "/jobs/{id}/cancel",
    tag = "Jobs",
    operation_id = "jobs_cancel",
    params(("id" = uuid::Uuid, Path, description = "The job"), WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The job; a running one stops at its next step", body = JobView), Failures)
)]
pub(crate) async fn cancel(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::CancelJobs>,
    Path(id): Path<JobId>,
    Because(reason): Because,
) -> Result<axum::Json<JobView>, Refusal> {
    let reply = domain::jobs::cancel(&domain, &actor.because(reason), id).await?;
    Ok(axum::Json(reply))
}
