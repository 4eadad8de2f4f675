//! `PUT users/{id}/role`

use api::{
    AccountId, right,
    user::{ChangeRoleRequest, UserView},
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Give an account another role
#[utoipa::path(
    put,
    path = "/users/{id}/role",
    tag = "People",
    operation_id = "users_change_role",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    request_body = ChangeRoleRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The account", body = UserView), Failures)
)]
pub(crate) async fn change_role(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRoles>,
    Path(id): Path<AccountId>,
    Json(request): Json<ChangeRoleRequest>,
) -> Result<axum::Json<UserView>, Refusal> {
    let reply = domain::users::change_role(&domain, &actor, id, request).await?;
    Ok(axum::Json(reply))
}
