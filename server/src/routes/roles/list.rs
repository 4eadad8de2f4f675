//! `GET roles`

use api::{List, right, role::RoleView};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// List the roles
#[utoipa::path(
    get,
    path = "/roles",
    tag = "People",
    operation_id = "roles_list",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "Those of every installation, then those that were made, by name", body = List<RoleView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewRoles>,
) -> Result<axum::Json<List<RoleView>>, Refusal> {
    let reply = domain::roles::list(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
