//! `POST auth/password/reset`

use api::credential::ResetPasswordRequest;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Caller, Json},
    routes::answers::Failures,
};

/// Choose another password with what the letter says
#[utoipa::path(
    post,
    path = "/auth/password/reset",
    tag = "Accounts",
    operation_id = "auth_reset_password",
    request_body = ResetPasswordRequest,
    responses((status = NO_CONTENT, description = "The password is changed; all sign-ins are over"), Failures)
)]
pub(crate) async fn reset_password(
    State(domain): State<Domain>,
    Caller(actor): Caller,
    Json(request): Json<ResetPasswordRequest>,
) -> Result<StatusCode, Refusal> {
    domain::accounts::reset_password(&domain, &actor, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
