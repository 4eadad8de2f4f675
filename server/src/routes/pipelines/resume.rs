//! `POST pipelines/{id}/resume`

use api::{pipeline::PipelineView, right};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Path, WithReason},
    routes::answers::Failures,
};

/// Let a paused pipeline go on
#[utoipa::path(
    post,
    path = "/pipelines/{id}/resume",
    tag = "Pipelines",
    operation_id = "pipelines_resume",
    params(("id" = Uuid, Path, description = "The pipeline"), WithReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The pipeline; it goes on where it was", body = PipelineView), Failures)
)]
pub(crate) async fn resume(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManagePipelines>,
    Path(id): Path<Uuid>,
    Because(reason): Because,
) -> Result<axum::Json<PipelineView>, Refusal> {
    let reply = domain::pipelines::resume(&domain, &actor.because(reason), id).await?;
    Ok(axum::Json(reply))
}
