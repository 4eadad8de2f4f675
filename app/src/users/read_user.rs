//! Asks for one account.

use api::user::UserView;
use grid::AccountId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The account.
#[server(prefix = "/api/ui", endpoint = "users/read", input = GetUrl)]
pub(crate) async fn read_user(user: AccountId) -> Result<UserView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewUsers>()?;
    domain::users::get(&domain, &actor, user).await.map_err(crate::caller::refuse)
}
