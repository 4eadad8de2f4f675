//! `GET pipelines/{id}/tail`

use api::{pipeline::PipelineTail, right};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read the newest events for a pipeline and what its steps make of each
#[utoipa::path(
    get,
    path = "/pipelines/{id}/tail",
    tag = "Pipelines",
    operation_id = "pipelines_read_tail",
    params(("id" = Uuid, Path, description = "The pipeline")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The newest twenty events, whether it has taken them in or not", body = PipelineTail), Failures)
)]
pub(crate) async fn read_tail(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewEvents>,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<PipelineTail>, Refusal> {
    let reply = domain::pipelines::tail(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
