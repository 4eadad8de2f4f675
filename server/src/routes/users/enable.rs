//! `POST users/{id}/enable`

use api::{
    AccountId, right,
    user::{Reason, UserView},
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Let a disabled account sign in again
#[utoipa::path(
    post,
    path = "/users/{id}/enable",
    tag = "People",
    operation_id = "users_enable",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    request_body = Reason,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The account", body = UserView), Failures)
)]
pub(crate) async fn enable(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageUsers>,
    Path(id): Path<AccountId>,
    Json(request): Json<Reason>,
) -> Result<axum::Json<UserView>, Refusal> {
    let reply = domain::users::enable(&domain, &actor, id, request).await?;
    Ok(axum::Json(reply))
}
