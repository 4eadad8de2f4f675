//! `DELETE jobs/schedules/{id}`

use api::right;
use axum::{extract::State, http::StatusCode};
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Path, WithReason},
    routes::answers::Failures,
};

/// Remove a schedule
#[utoipa::path(
    delete,
    path = "/jobs/schedules/{id}",
    tag = "Jobs",
    operation_id = "jobs_remove_schedule",
    params(("id" = Uuid, Path, description = "The schedule"), WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "It is gone; jobs that it asked for stay"), Failures)
)]
pub(crate) async fn remove_schedule(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::RunJobs>,
    Path(id): Path<Uuid>,
    Because(reason): Because,
) -> Result<StatusCode, Refusal> {
    domain::jobs::remove_schedule(&domain, &actor.because(reason), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
