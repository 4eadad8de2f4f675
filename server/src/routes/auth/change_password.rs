//! `POST auth/password`

use api::credential::ChangePasswordRequest;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Json, SignedIn},
    routes::answers::Failures,
};

/// Choose another password
#[utoipa::path(
    post,
    path = "/auth/password",
    tag = "Accounts",
    operation_id = "auth_change_password",
    request_body = ChangePasswordRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "The password is changed; all other sign-ins are over"), Failures)
)]
pub(crate) async fn change_password(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(request): Json<ChangePasswordRequest>,
) -> Result<StatusCode, Refusal> {
    domain::accounts::change_password(&domain, &actor, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
