//! `DELETE auth/sessions/{id}`

use api::SessionId;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Path, SignedIn},
    routes::answers::Failures,
};

/// End one of the sign-ins of this account
#[utoipa::path(
    delete,
    path = "/auth/sessions/{id}",
    tag = "Accounts",
    operation_id = "auth_end_session",
    params(("id" = uuid::Uuid, Path, description = "The sign-in")),
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "The sign-in is over, everywhere"), Failures)
)]
pub(crate) async fn end_session(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Refusal> {
    domain::sessions::revoke(&domain, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
