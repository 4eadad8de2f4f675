//! `POST roles`

use api::{
    right,
    role::{RoleRequest, RoleView},
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json},
    routes::answers::Failures,
};

/// Make a role
#[utoipa::path(
    post,
    path = "/roles",
    tag = "People",
    operation_id = "roles_create",
    request_body = RoleRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "The role; nobody has it yet", body = RoleView), Failures)
)]
pub(crate) async fn create(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRoles>,
    Json(request): Json<RoleRequest>,
) -> Result<(StatusCode, axum::Json<RoleView>), Refusal> {
    let reply = domain::roles::create(&domain, &actor, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
