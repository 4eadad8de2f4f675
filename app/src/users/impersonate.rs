//! Begins to look through an account's eyes.

use api::AccountId;
use leptos::prelude::*;

use crate::Failure;

/// Lets the viewer look at the dashboard as the account does, for so many minutes, without changing anything.
#[server(prefix = "/api/ui", endpoint = "users/impersonate")]
pub(crate) async fn impersonate(user: AccountId, minutes: u32, reason: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::Impersonate>()?;
    let request = api::auth::ImpersonationRequest { minutes, reason };
    let begun =
        domain::impersonation::begin(&domain, &actor, user, request).await.map_err(crate::caller::refuse)?;
    crate::session::cookie::set_look(&begun);
    Ok(())
}
