//! Chooses another password by a letter's token.

use leptos::prelude::*;

use crate::Failure;

/// Gives the account that the letter was for another password.
#[server(prefix = "/api/ui", endpoint = "session/reset-password")]
pub(crate) async fn reset_password(token: String, new_password: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    let request = api::credential::ResetPasswordRequest { token, new_password };
    domain::accounts::reset_password(&domain, &actor, request).await.map_err(crate::caller::refuse)?;
    crate::caller::tell_form("/reset-password");
    Ok(())
}
