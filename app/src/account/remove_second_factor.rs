//! Does without a second factor again.

use leptos::prelude::*;

use crate::Failure;

/// Removes the viewer's second factor and its recovery codes.
#[server(prefix = "/api/ui", endpoint = "account/remove-second-factor")]
pub(crate) async fn remove_second_factor(password: String, code: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    let request = api::credential::RemoveTotpRequest { password, code };
    domain::second_factor::remove(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
