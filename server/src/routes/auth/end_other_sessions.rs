//! `DELETE auth/sessions`

use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

/// End all other sign-ins of this account
#[utoipa::path(
    delete,
    path = "/auth/sessions",
    tag = "Accounts",
    operation_id = "auth_end_other_sessions",
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "This sign-in is the only one"), Failures)
)]
pub(crate) async fn end_other_sessions(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<StatusCode, Refusal> {
    domain::sessions::revoke_others(&domain, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
