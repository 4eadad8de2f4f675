//! `GET pipelines/{id}/rows`

use api::{pipeline::PipelineRows, right};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// List the newest rows that a pipeline has written
#[utoipa::path(
    get,
    path = "/pipelines/{id}/rows",
    tag = "Pipelines",
    operation_id = "pipelines_list_rows",
    params(("id" = Uuid, Path, description = "The pipeline")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The newest hundred rows of the first table that it fills", body = PipelineRows), Failures)
)]
pub(crate) async fn list_rows(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewPipelines>,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<PipelineRows>, Refusal> {
    let reply = domain::pipelines::rows(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
