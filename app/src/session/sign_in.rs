//! Signs in to the dashboard.

use leptos::prelude::*;

use crate::Failure;

/// Opens a cookie session and leads on to `next`, a path of this dashboard.
#[server(prefix = "/api/ui", endpoint = "session/sign-in")]
pub(crate) async fn sign_in(
    email: String,
    password: String,
    code: Option<String>,
    next: Option<String>,
) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    let request =
        api::auth::LoginRequest { email, password, code: code.filter(|code| !code.trim().is_empty()) };
    let opened = domain::sessions::open(&domain, &actor, request).await.map_err(crate::caller::refuse)?;
    super::cookie::set(&opened);
    super::cookie::clear_look();
    leptos_axum::redirect(&super::local_path(next.as_deref()));
    Ok(())
}
