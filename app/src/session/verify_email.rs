//! Verifies an address by a letter's token.

use leptos::prelude::*;

use crate::Failure;

/// Notes that the address is verified that the letter went to.
#[server(prefix = "/api/ui", endpoint = "session/verify-email")]
pub(crate) async fn verify_email(token: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::accounts::verify_email(&domain, &actor, api::credential::VerifyEmailRequest { token })
        .await
        .map_err(crate::caller::refuse)?;
    crate::caller::tell_form("/verify-email");
    Ok(())
}
