//! `GET pipelines`

use api::{List, pipeline::PipelineView, right};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// List the pipelines and how they do
#[utoipa::path(
    get,
    path = "/pipelines",
    tag = "Pipelines",
    operation_id = "pipelines_list",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "All pipelines of this installation", body = List<PipelineView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewPipelines>,
) -> Result<axum::Json<List<PipelineView>>, Refusal> {
    let reply = domain::pipelines::list(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
