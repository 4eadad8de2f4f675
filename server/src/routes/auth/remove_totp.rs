//! `POST auth/totp/remove`

use api::credential::RemoveTotpRequest;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Json, SignedIn},
    routes::answers::Failures,
};

/// Do without a second factor again
#[utoipa::path(
    post,
    path = "/auth/totp/remove",
    tag = "Accounts",
    operation_id = "auth_remove_totp",
    request_body = RemoveTotpRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "The second factor is gone"), Failures)
)]
pub(crate) async fn remove_totp(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(request): Json<RemoveTotpRequest>,
) -> Result<StatusCode, Refusal> {
    domain::second_factor::remove(&domain, &actor, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
