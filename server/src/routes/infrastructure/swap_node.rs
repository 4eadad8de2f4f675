//! `POST infrastructure/nodes/{id}/swap`

use api::{
    NodeId,
    infrastructure::{SwapRequest, SwapView},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path},
    routes::answers::Failures,
};

/// Exchange a node's driver or its settings while the server runs
#[utoipa::path(
    post,
    path = "/infrastructure/nodes/{id}/swap",
    tag = "Infrastructure",
    operation_id = "infrastructure_nodes_swap",
    params(("id" = uuid::Uuid, Path, description = "The node")),
    request_body = SwapRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The swap; or, for a dry run, what it would do", body = SwapView), Failures)
)]
pub(crate) async fn swap_node(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::SwapInfrastructure>,
    Path(id): Path<NodeId>,
    because: Result<Because, Refusal>,
    Json(request): Json<SwapRequest>,
) -> Result<axum::Json<SwapView>, Refusal> {
    // The reason may stand in the body instead: the use case sees to it that there is one.
    let actor = match because {
        Ok(Because(reason)) => actor.because(reason),
        Err(_) => actor,
    };
    Ok(axum::Json(domain::infrastructure::swap(&domain, &actor, id, request).await?))
}
