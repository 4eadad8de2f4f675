//! `POST auth/email/verification`

use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

/// Ask for a letter to verify the address with
#[utoipa::path(
    post,
    path = "/auth/email/verification",
    tag = "Accounts",
    operation_id = "auth_send_verification",
    security(("bearer" = []), ("session" = [])),
    responses((status = ACCEPTED, description = "The letter is on its way"), Failures)
)]
pub(crate) async fn send_verification(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<StatusCode, Refusal> {
    domain::accounts::send_verification(&domain, &actor).await?;
    Ok(StatusCode::ACCEPTED)
}
