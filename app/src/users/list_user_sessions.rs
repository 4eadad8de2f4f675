//! Asks for somebody's sign-ins.

use api::{List, session::SessionView};
use grid::AccountId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The account's sign-ins that are not over, the newest first.
#[server(prefix = "/api/ui", endpoint = "users/sessions", input = GetUrl)]
pub(crate) async fn list_user_sessions(user: AccountId) -> Result<List<SessionView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewUsers>()?;
    domain::users::list_sessions(&domain, &actor, user).await.map_err(crate::caller::refuse)
}
