//! `POST users/{id}/sessions/end`

use api::{AccountId, right, user::Reason};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// End all sign-ins of an account
#[utoipa::path(
    post,
    path = "/users/{id}/sessions/end",
    tag = "People",
    operation_id = "users_end_sessions",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    request_body = Reason,
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "All sign-ins are over, in the dashboard, of clients and in the game"), Failures)
)]
pub(crate) async fn end_sessions(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageUsers>,
    Path(id): Path<AccountId>,
    Json(request): Json<Reason>,
) -> Result<StatusCode, Refusal> {
    domain::users::end_sessions(&domain, &actor, id, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
