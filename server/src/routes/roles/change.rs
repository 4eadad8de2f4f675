//! `PUT roles/{id}`

use api::{
    right,
    role::{RoleRequest, RoleView},
};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Change a role, for everyone who has it
#[utoipa::path(
    put,
    path = "/roles/{id}",
    tag = "People",
    operation_id = "roles_change",
    params(("id" = uuid::Uuid, Path, description = "The role")),
    request_body = RoleRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The role", body = RoleView), Failures)
)]
pub(crate) async fn change(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRoles>,
    Path(id): Path<Uuid>,
    Json(request): Json<RoleRequest>,
) -> Result<axum::Json<RoleView>, Refusal> {
    let reply = domain::roles::change(&domain, &actor, id, request).await?;
    Ok(axum::Json(reply))
}
