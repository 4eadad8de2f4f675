//! Asks for a letter to verify the address with.

use leptos::prelude::*;

use crate::Failure;

/// Sends the viewer a letter to verify their address with.
#[server(prefix = "/api/ui", endpoint = "account/send-verification")]
pub(crate) async fn send_verification() -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::accounts::send_verification(&domain, &actor).await.map_err(crate::caller::refuse)
}
