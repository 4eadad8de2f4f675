//! `GET infrastructure/nodes/{id}/history`

use api::{List, NodeId, infrastructure::SwapView, right};
use axum::extract::{Query, State};
use domain::Domain;
use serde::Deserialize;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Which page of the list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before; absent for the first page.
    cursor: Option<String>,
}

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
