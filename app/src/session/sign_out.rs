//! Signs out of the dashboard.

use leptos::prelude::*;

use crate::Failure;

/// Ends the cookie session, here and on the server.
#[server(prefix = "/api/ui", endpoint = "session/sign-out")]
pub(crate) async fn sign_out() -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::sessions::close(&domain, &actor).await.map_err(crate::caller::refuse)?;
    super::cookie::clear_look();
    if actor.impersonator.is_some() {
        // What was closed is the look. One's own session goes on.
        leptos_axum::redirect("/");
        return Ok(());
    }
    super::cookie::clear();
    leptos_axum::redirect("/sign-in");
    Ok(())
}
