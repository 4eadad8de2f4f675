//! Ends all of somebody's sign-ins.

use grid::AccountId;
use leptos::prelude::*;

use crate::Failure;

/// Ends all sign-ins of the account, in the dashboard, of clients and in the game.
#[server(prefix = "/api/ui", endpoint = "users/end-sessions")]
pub(crate) async fn end_user_sessions(user: AccountId, reason: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageUsers>()?;
    domain::users::end_sessions(&domain, &actor, user, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
