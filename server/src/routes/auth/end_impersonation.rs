//! `POST auth/impersonation/end`

use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

/// Stop looking through another account's eyes
#[utoipa::path(
    post,
    path = "/auth/impersonation/end",
    tag = "Accounts",
    operation_id = "auth_end_impersonation",
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "The sign-in is over"), Failures)
)]
pub(crate) async fn end_impersonation(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<StatusCode, Refusal> {
    domain::impersonation::end(&domain, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
