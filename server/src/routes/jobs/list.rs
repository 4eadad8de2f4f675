//! `GET jobs`

use api::{
    List,
    job::{JobFilter, JobView},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// List the background jobs
#[utoipa::path(
    get,
    path = "/jobs",
    tag = "Jobs",
    operation_id = "jobs_list",
    params(JobFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The jobs, newest first", body = List<JobView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewJobs>,
    Query(filter): Query<JobFilter>,
) -> Result<axum::Json<List<JobView>>, Refusal> {
    let reply = domain::jobs::list(&domain, &actor, filter).await?;
    Ok(axum::Json(reply))
}
