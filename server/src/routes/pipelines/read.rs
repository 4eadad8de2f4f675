//! `GET pipelines/{id}`

use api::{pipeline::PipelineView, right};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a pipeline and how it does
#[utoipa::path(
    get,
    path = "/pipelines/{id}",
    tag = "Pipelines",
    operation_id = "pipelines_read",
    params(("id" = Uuid, Path, description = "The pipeline")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The pipeline", body = PipelineView), Failures)
)]
pub(crate) async fn read(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewPipelines>,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<PipelineView>, Refusal> {
    let reply = domain::pipelines::get(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
