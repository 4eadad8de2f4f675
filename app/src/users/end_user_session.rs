//! Ends one of somebody's sign-ins.

use grid::{AccountId, SessionId};
use leptos::prelude::*;

use crate::Failure;

/// Ends one sign-in of the account.
#[server(prefix = "/api/ui", endpoint = "users/end-session")]
pub(crate) async fn end_user_session(
    user: AccountId,
    session: SessionId,
    reason: String,
) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageUsers>()?;
    domain::users::end_session(&domain, &actor, user, session, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
