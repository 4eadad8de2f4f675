//! `POST auth/totp`

use api::credential::{SetUpTotpRequest, TotpSetUp};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Json, SignedIn},
    routes::answers::Failures,
};

/// Begin to set a second factor up
#[utoipa::path(
    post,
    path = "/auth/totp",
    tag = "Accounts",
    operation_id = "auth_set_up_totp",
    request_body = SetUpTotpRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "What the authenticator needs to know; told this once", body = TotpSetUp), Failures)
)]
pub(crate) async fn set_up_totp(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(request): Json<SetUpTotpRequest>,
) -> Result<axum::Json<TotpSetUp>, Refusal> {
    let reply = domain::second_factor::set_up(&domain, &actor, request).await?;
    Ok(axum::Json(reply))
}
