//! Asks for the roles that somebody was given beside their own.

use api::{List, role::GrantView};
use grid::AccountId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The account's grants, past and present, the newest first.
#[server(prefix = "/api/ui", endpoint = "users/grants", input = GetUrl)]
pub(crate) async fn list_grants(user: AccountId) -> Result<List<GrantView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewUsers>()?;
    domain::grants::list(&domain, &actor, user).await.map_err(crate::caller::refuse)
}
