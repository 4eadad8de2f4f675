//! `GET auth/me`

use api::auth::AccountView;
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

/// Tell whose login this is
#[utoipa::path(
    get,
    path = "/auth/me",
    tag = "Accounts",
    operation_id = "auth_me",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The account, its role and permissions", body = AccountView), Failures)
)]
pub(crate) async fn me(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<axum::Json<AccountView>, Refusal> {
    let reply = domain::accounts::me(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
