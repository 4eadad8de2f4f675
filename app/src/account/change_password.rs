//! Chooses another password.

use leptos::prelude::*;

use crate::Failure;

/// Gives the viewer's account another password, and ends all its other sign-ins.
#[server(prefix = "/api/ui", endpoint = "account/change-password")]
pub(crate) async fn change_password(current_password: String, new_password: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    let request = api::credential::ChangePasswordRequest { current_password, new_password };
    domain::accounts::change_password(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
