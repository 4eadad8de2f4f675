//! `GET jobs`

use api::{List, job::JobView};
use axum::extract::{Query, State};
use domain::Domain;
use serde::Deserialize;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

/// Which page of the list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before; absent for the first page.
    cursor: Option<String>,
}

/// List the background jobs
#[utoipa::path(
    get,
    path = "/jobs",
    tag = "Jobs",
    operation_id = "jobs_list",
    params(Page),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The jobs, newest first", body = List<JobView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(page): Query<Page>,
) -> Result<axum::Json<List<JobView>>, Refusal> {
    let reply = domain::jobs::list(&domain, &actor, page.cursor).await?;
    Ok(axum::Json(reply))
}
