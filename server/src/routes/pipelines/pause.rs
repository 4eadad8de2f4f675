//! `POST pipelines/{id}/pause`

use api::{pipeline::PipelineView, right};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Path, WithReason},
    routes::answers::Failures,
};

/// Pause a pipeline
#[utoipa::path(
    post,
    path = "/pipelines/{id}/pause",
    tag = "Pipelines",
    operation_id = "pipelines_pause",
    params(("id" = Uuid, Path, description = "The pipeline"), WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The pipeline; events wait on their streams", body = PipelineView), Failures)
)]
pub(crate) async fn pause(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManagePipelines>,
    Path(id): Path<Uuid>,
    Because(reason): Because,
) -> Result<axum::Json<PipelineView>, Refusal> {
    let reply = domain::pipelines::pause(&domain, &actor.because(reason), id).await?;
    Ok(axum::Json(reply))
}
