//! `POST jobs`

use api::{
    job::{JobRequest, JobView, StartOptions},
    right,
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{AllowedSomewhere, Because, Json, Query, WithReason},
    routes::answers::Failures,
};

/// Start a job
#[utoipa::path(
    post,
    path = "/jobs",
    tag = "Jobs",
    operation_id = "jobs_start",
    params(StartOptions, WithReason),
    request_body = JobRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = ACCEPTED, description = "The job; it waits for a worker", body = JobView), Failures)
)]
pub(crate) async fn start(
    State(domain): State<Domain>,
    AllowedSomewhere(actor): AllowedSomewhere<right::RunJobs>,
    Query(options): Query<StartOptions>,
    Because(reason): Because,
    Json(request): Json<JobRequest>,
) -> Result<(StatusCode, axum::Json<JobView>), Refusal> {
    let reply = domain::jobs::start(&domain, &actor.because(reason), request, options).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(reply)))
}
