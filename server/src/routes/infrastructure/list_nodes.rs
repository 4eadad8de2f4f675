//! `GET infrastructure/nodes`

use api::{List, infrastructure::NodeView, right};
use axum::extract::State;
use domain::Domain;

use crate::{extract::Allowed, routes::answers::Failures};

/// List the infrastructure nodes of this process, each asked just now
#[utoipa::path(
    get,
    path = "/infrastructure/nodes",
    tag = "Infrastructure",
    operation_id = "infrastructure_nodes_list",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The nodes", body = List<NodeView>), Failures)
)]
pub(crate) async fn list_nodes(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewInfrastructure>,
) -> axum::Json<List<NodeView>> {
    axum::Json(domain::infrastructure::list(&domain, &actor).await)
}
