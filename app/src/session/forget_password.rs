//! Asks for a letter about a forgotten password.

use leptos::prelude::*;

use crate::Failure;

/// Sends a letter with a link, if there is such an account. Nobody learns whether there is.
#[server(prefix = "/api/ui", endpoint = "session/forget-password")]
pub(crate) async fn forget_password(email: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    let request = api::credential::ForgottenPasswordRequest { email };
    domain::accounts::forget_password(&domain, &actor, request).await.map_err(crate::caller::refuse)?;
    crate::caller::tell_form("/forgot-password");
    Ok(())
}
