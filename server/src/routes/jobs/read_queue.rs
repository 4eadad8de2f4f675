//! `GET jobs/queue`

use api::{job::QueueView, right};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// Read how the queue of jobs stands
#[utoipa::path(
    get,
    path = "/jobs/queue",
    tag = "Jobs",
    operation_id = "jobs_read_queue",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The queue", body = QueueView), Failures)
)]
pub(crate) async fn read_queue(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewJobs>,
) -> Result<axum::Json<QueueView>, Refusal> {
    let reply = domain::jobs::queue(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
