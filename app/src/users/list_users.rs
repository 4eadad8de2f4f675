//! Asks for the accounts.

use api::{List, Role, user::UserView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// A page of the accounts that fit, the newest first.
#[server(prefix = "/api/ui", endpoint = "users/list", input = GetUrl)]
pub(crate) async fn list_users(
    search: Option<String>,
    role: Option<Role>,
    disabled: Option<bool>,
    cursor: Option<String>,
) -> Result<List<UserView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewUsers>()?;
    let filter = api::user::UserFilter { search, role, disabled, cursor };
    domain::users::list(&domain, &actor, filter).await.map_err(crate::caller::refuse)
}
