//! `GET infrastructure/kinds`

use api::{infrastructure::KindView, right};
use axum::extract::State;
use domain::Domain;

use crate::{extract::Allowed, routes::answers::Failures};

/// List the kinds of nodes, with their drivers and the schemas of their settings
#[utoipa::path(
    get,
    path = "/infrastructure/kinds",
    tag = "Infrastructure",
    operation_id = "infrastructure_kinds",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "Every kind of node", body = Vec<KindView>), Failures)
)]
pub(crate) async fn list_kinds(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewInfrastructure>,
) -> axum::Json<Vec<KindView>> {
    axum::Json(domain::infrastructure::kinds(&domain, &actor))
}
