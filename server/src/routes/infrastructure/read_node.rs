//! `GET infrastructure/nodes/{id}`

use api::{NodeId, infrastructure::NodeView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read an infrastructure node, asked just now
#[utoipa::path(
    get,
    path = "/infrastructure/nodes/{id}",
    tag = "Infrastructure",
    operation_id = "infrastructure_nodes_read",
    params(("id" = uuid::Uuid, Path, description = "The node")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The node", body = NodeView), Failures)
)]
pub(crate) async fn read_node(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewInfrastructure>,
    Path(id): Path<NodeId>,
) -> Result<axum::Json<NodeView>, Refusal> {
    Ok(axum::Json(domain::infrastructure::get(&domain, &actor, id).await?))
}
