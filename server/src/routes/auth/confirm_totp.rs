//! `POST auth/totp/confirm`

use api::credential::{ConfirmTotpRequest, RecoveryCodes};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Json, SignedIn},
    routes::answers::Failures,
};

/// Make the second factor count
#[utoipa::path(
    post,
    path = "/auth/totp/confirm",
    tag = "Accounts",
    operation_id = "auth_confirm_totp",
    request_body = ConfirmTotpRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "Recovery codes; told this once", body = RecoveryCodes), Failures)
)]
pub(crate) async fn confirm_totp(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(request): Json<ConfirmTotpRequest>,
) -> Result<axum::Json<RecoveryCodes>, Refusal> {
    let reply = domain::second_factor::confirm(&domain, &actor, request).await?;
    Ok(axum::Json(reply))
}
