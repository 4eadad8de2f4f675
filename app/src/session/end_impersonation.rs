//! Stops looking through another account's eyes.

use leptos::prelude::*;

use crate::Failure;

/// Ends the look, and leads back to the page of the account that was looked at, as oneself.
#[server(prefix = "/api/ui", endpoint = "session/end-impersonation")]
pub(crate) async fn end_impersonation() -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    match domain::impersonation::end(&domain, &actor).await {
        // It has ended by itself: then the way back is all that is left to do.
        Ok(()) | Err(domain::Error::Conflict(_)) => {}
        Err(error) => return Err(crate::caller::refuse(error)),
    }
    super::cookie::clear_look();
    let page = match (actor.impersonator, actor.account) {
        (Some(_), Some(account)) => format!("/users/{account}"),
        _ => "/".to_owned(),
    };
    leptos_axum::redirect(&page);
    Ok(())
}
