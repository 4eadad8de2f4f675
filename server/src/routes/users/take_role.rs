//! `POST users/{id}/grants/{grant}/take`

use api::{AccountId, right, role::GrantView, user::Reason};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Take a role back that an account was given
#[utoipa::path(
    post,
    path = "/users/{id}/grants/{grant}/take",
    tag = "People",
    operation_id = "users_take_role",
    params(
        ("id" = uuid::Uuid, Path, description = "The account"),
        ("grant" = uuid::Uuid, Path, description = "The grant")
    ),
    request_body = Reason,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The grant", body = GrantView), Failures)
)]
pub(crate) async fn take_role(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRoles>,
    Path((id, grant)): Path<(AccountId, Uuid)>,
    Json(request): Json<Reason>,
) -> Result<axum::Json<GrantView>, Refusal> {
    let reply = domain::grants::take(&domain, &actor, id, grant, request).await?;
    Ok(axum::Json(reply))
}
