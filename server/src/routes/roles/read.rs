//! `GET roles/{id}`

use api::{right, role::RoleView};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a role
#[utoipa::path(
    get,
    path = "/roles/{id}",
    tag = "People",
    operation_id = "roles_read",
    params(("id" = uuid::Uuid, Path, description = "The role")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The role", body = RoleView), Failures)
)]
pub(crate) async fn read(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewRoles>,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<RoleView>, Refusal> {
    let reply = domain::roles::get(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
