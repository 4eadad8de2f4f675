//! `GET jobs/{id}`

use api::{JobId, job::JobView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a job and its progress
#[utoipa::path(
    get,
    path = "/jobs/{id}",
    tag = "Jobs",
    operation_id = "jobs_read",
    params(("id" = uuid::Uuid, Path, description = "The job")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The job", body = JobView), Failures)
)]
pub(crate) async fn read(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewJobs>,
    Path(id): Path<JobId>,
) -> Result<axum::Json<JobView>, Refusal> {
    let reply = domain::jobs::get(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
