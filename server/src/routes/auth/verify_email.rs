//! `POST auth/email/verify`

use api::credential::VerifyEmailRequest;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Caller, Json},
    routes::answers::Failures,
};

/// Verify the address with what the letter says
#[utoipa::path(
    post,
    path = "/auth/email/verify",
    tag = "Accounts",
    operation_id = "auth_verify_email",
    request_body = VerifyEmailRequest,
    responses((status = NO_CONTENT, description = "The address is verified"), Failures)
)]
pub(crate) async fn verify_email(
    State(domain): State<Domain>,
    Caller(actor): Caller,
    Json(request): Json<VerifyEmailRequest>,
) -> Result<StatusCode, Refusal> {
    domain::accounts::verify_email(&domain, &actor, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
