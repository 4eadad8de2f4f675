//! `POST users/{id}/sessions/{session}/end`

use api::{AccountId, SessionId, right, user::Reason};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// End one sign-in of an account
#[utoipa::path(
    post,
    path = "/users/{id}/sessions/{session}/end",
    tag = "People",
    operation_id = "users_end_session",
    params(
        ("id" = uuid::Uuid, Path, description = "The account"),
        ("session" = uuid::Uuid, Path, description = "The sign-in"),
    ),
    request_body = Reason,
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "The sign-in is over"), Failures)
)]
pub(crate) async fn end_session(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageUsers>,
    Path((id, session)): Path<(AccountId, SessionId)>,
    Json(request): Json<Reason>,
) -> Result<StatusCode, Refusal> {
    domain::users::end_session(&domain, &actor, id, session, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
