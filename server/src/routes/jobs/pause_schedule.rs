//! `POST jobs/schedules/{id}/pause`

use api::{job::ScheduleView, right};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Path, WithReason},
    routes::answers::Failures,
};

/// Let a schedule stand still
#[utoipa::path(
    post,
    path = "/jobs/schedules/{id}/pause",
    tag = "Jobs",
    operation_id = "jobs_pause_schedule",
    params(("id" = Uuid, Path, description = "The schedule"), WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The schedule", body = ScheduleView), Failures)
)]
pub(crate) async fn pause_schedule(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::RunJobs>,
    Path(id): Path<Uuid>,
    Because(reason): Because,
) -> Result<axum::Json<ScheduleView>, Refusal> {
    let reply = domain::jobs::pause_schedule(&domain, &actor.because(reason), id, true).await?;
    Ok(axum::Json(reply))
}
