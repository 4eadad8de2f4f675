//! `POST jobs`

use api::job::{JobRequest, JobView};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Json, SignedIn},
    routes::answers::Failures,
};

/// Start a job
#[utoipa::path(
    post,
    path = "/jobs",
    tag = "Jobs",
    operation_id = "jobs_start",
    request_body = JobRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = ACCEPTED, description = "The job; it waits for a worker", body = JobView), Failures)
)]
pub(crate) async fn start(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(request): Json<JobRequest>,
) -> Result<(StatusCode, axum::Json<JobView>), Refusal> {
    let reply = domain::jobs::start(&domain, &actor, request).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(reply)))
}
