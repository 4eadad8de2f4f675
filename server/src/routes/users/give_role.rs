//! `POST users/{id}/grants`

use api::{
    AccountId, right,
    role::{GrantRequest, GrantView},
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Give an account a role beside its own, everywhere or in one place, for good or for a time
#[utoipa::path(
    post,
    path = "/users/{id}/grants",
    tag = "People",
    operation_id = "users_give_role",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    request_body = GrantRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "The grant; it holds at once", body = GrantView), Failures)
)]
pub(crate) async fn give_role(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRoles>,
    Path(id): Path<AccountId>,
    Json(request): Json<GrantRequest>,
) -> Result<(StatusCode, axum::Json<GrantView>), Refusal> {
    let reply = domain::grants::give(&domain, &actor, id, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
