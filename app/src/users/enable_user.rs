//! Lets a disabled account sign in again.

use api::user::UserView;
use grid::AccountId;
use leptos::prelude::*;

use crate::Failure;

/// Lets a disabled account sign in again.
#[server(prefix = "/api/ui", endpoint = "users/enable")]
pub(crate) async fn enable_user(user: AccountId, reason: String) -> Result<UserView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageUsers>()?;
    domain::users::enable(&domain, &actor, user, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
