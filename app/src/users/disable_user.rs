//! Bars an account from signing in.

use api::user::UserView;
use grid::AccountId;
use leptos::prelude::*;

use crate::Failure;

/// Bars an account from signing in.
#[server(prefix = "/api/ui", endpoint = "users/disable")]
pub(crate) async fn disable_user(user: AccountId, reason: String) -> Result<UserView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageUsers>()?;
    domain::users::disable(&domain, &actor, user, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
