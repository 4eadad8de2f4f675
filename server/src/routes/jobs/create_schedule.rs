//! `POST jobs/schedules`

use api::{
    job::{CreateScheduleRequest, ScheduleView},
    right,
};
use axum::{extract::State, http::StatusCode};
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, WithReason},
    routes::answers::Failures,
};

/// Have a job asked for by the clock
#[utoipa::path(
    post,
    path = "/jobs/schedules",
    tag = "Jobs",
    operation_id = "jobs_create_schedule",
    request_body = CreateScheduleRequest,
    params(WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "The schedule", body = ScheduleView), Failures)
)]
pub(crate) async fn create_schedule(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::RunJobs>,
    Because(reason): Because,
    Json(request): Json<CreateScheduleRequest>,
) -> Result<(StatusCode, axum::Json<ScheduleView>), Refusal> {
    let reply = domain::jobs::create_schedule(&domain, &actor.because(reason), request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
