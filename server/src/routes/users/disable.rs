//! `POST users/{id}/disable`

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

/// Bar an account from signing in
#[utoipa::path(
    post,
    path = "/users/{id}/disable",
    tag = "People",
    operation_id = "users_disable",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    request_body = Reason,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The account; all its sign-ins are over", body = UserView), Failures)
)]
pub(crate) async fn disable(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageUsers>,
    Path(id): Path<AccountId>,
    Json(request): Json<Reason>,
) -> Result<axum::Json<UserView>, Refusal> {
    let reply = domain::users::disable(&domain, &actor, id, request).await?;
    Ok(axum::Json(reply))
}
