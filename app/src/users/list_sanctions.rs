//! Asks for what was done about somebody.

use api::{List, moderation::SanctionView};
use grid::AccountId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The account's sanctions, past and present, the newest first.
#[server(prefix = "/api/ui", endpoint = "users/sanctions", input = GetUrl)]
pub(crate) async fn list_sanctions(user: AccountId) -> Result<List<SanctionView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewUsers>()?;
    domain::moderation::history(&domain, &actor, user).await.map_err(crate::caller::refuse)
}
