//! `POST infrastructure/nodes/{id}/revert`

use api::{
    NodeId,
    infrastructure::{RevertRequest, SwapView},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path},
    routes::answers::Failures,
};

/// Restore what served before the node's last swap
#[utoipa::path(
    post,
    path = "/infrastructure/nodes/{id}/revert",
    tag = "Infrastructure",
    operation_id = "infrastructure_nodes_revert",
    params(("id" = uuid::Uuid, Path, description = "The node")),
    request_body = RevertRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The swap", body = SwapView), Failures)
)]
pub(crate) async fn revert_node(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::SwapInfrastructure>,
    Path(id): Path<NodeId>,
    because: Result<Because, Refusal>,
    Json(request): Json<RevertRequest>,
) -> Result<axum::Json<SwapView>, Refusal> {
    // The reason may stand in the body instead: the use case sees to it that there is one.
    let actor = match because {
        Ok(Because(reason)) => actor.because(reason),
        Err(_) => actor,
    };
    Ok(axum::Json(domain::infrastructure::revert(&domain, &actor, id, request).await?))
}
