//! `POST auth/logout`

use api::auth::RefreshRequest;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Caller, Json},
    routes::answers::Failures,
};

/// End the login that a refresh token belongs to
#[utoipa::path(
    post,
    path = "/auth/logout",
    tag = "Accounts",
    operation_id = "auth_logout",
    request_body = RefreshRequest,
    responses((status = NO_CONTENT, description = "The login is over"), Failures)
)]
pub(crate) async fn logout(
    State(domain): State<Domain>,
    Caller(actor): Caller,
    Json(request): Json<RefreshRequest>,
) -> Result<StatusCode, Refusal> {
    domain::accounts::logout(&domain, &actor, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
