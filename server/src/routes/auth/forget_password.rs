//! `POST auth/password/forgotten`

use api::credential::ForgottenPasswordRequest;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Caller, Json},
    routes::answers::Failures,
};

/// Ask for a letter to choose another password with
#[utoipa::path(
    post,
    path = "/auth/password/forgotten",
    tag = "Accounts",
    operation_id = "auth_forget_password",
    request_body = ForgottenPasswordRequest,
    responses((status = ACCEPTED, description = "If there is such an account, a letter is on its way"), Failures)
)]
pub(crate) async fn forget_password(
    State(domain): State<Domain>,
    Caller(actor): Caller,
    Json(request): Json<ForgottenPasswordRequest>,
) -> Result<StatusCode, Refusal> {
    domain::accounts::forget_password(&domain, &actor, request).await?;
    Ok(StatusCode::ACCEPTED)
}
