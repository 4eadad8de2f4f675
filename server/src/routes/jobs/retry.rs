//! `POST jobs/{id}/retry`

use api::{JobId, job::JobView, right};
use axum::{extract::State, http::StatusCode};
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Path, WithReason},
    routes::answers::Failures,
};

/// Try a job again that failed or was cancelled
#[utoipa::path(
    post,
    path = "/jobs/{id}/retry",
    tag = "Jobs",
    operation_id = "jobs_retry",
    params(("id" = uuid::Uuid, Path, description = "The job"), WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = ACCEPTED, description = "The job; it waits for a worker", body = JobView), Failures)
)]
pub(crate) async fn retry(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::RunJobs>,
    Path(id): Path<JobId>,
    Because(reason): Because,
) -> Result<(StatusCode, axum::Json<JobView>), Refusal> {
    let reply = domain::jobs::retry(&domain, &actor.because(reason), id).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(reply)))
}
