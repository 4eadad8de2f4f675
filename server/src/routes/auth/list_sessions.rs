//! `GET auth/sessions`

use api::{List, session::SessionView};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

/// List the sign-ins of this account
#[utoipa::path(
    get,
    path = "/auth/sessions",
    tag = "Accounts",
    operation_id = "auth_list_sessions",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The sign-ins that are not over, newest first", body = List<SessionView>), Failures)
)]
pub(crate) async fn list_sessions(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<axum::Json<List<SessionView>>, Refusal> {
    let reply = domain::sessions::list(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
