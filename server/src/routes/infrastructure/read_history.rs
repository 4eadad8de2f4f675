//! `GET infrastructure/nodes/{id}/history`

use api::{List, NodeId, infrastructure::SwapView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path, Query},
    routes::{answers::Failures, page::Page},
};

/// List what was exchanged for what
#[utoipa::path(
    get,
    path = "/infrastructure/nodes/{id}/history",
    tag = "Infrastructure",
    operation_id = "infrastructure_nodes_history",
    params(("id" = uuid::Uuid, Path, description = "The node"), Page),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The node's swaps, newest first", body = List<SwapView>), Failures)
)]
pub(crate) async fn read_history(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewInfrastructure>,
    Path(id): Path<NodeId>,
    Query(page): Query<Page>,
) -> Result<axum::Json<List<SwapView>>, Refusal> {
    Ok(axum::Json(domain::infrastructure::history(&domain, &actor, id, page.cursor).await?))
}
