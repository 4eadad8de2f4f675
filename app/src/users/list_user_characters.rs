//! Asks for somebody's characters.

use api::{List, character::CharacterView};
use grid::AccountId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The account's characters, the oldest first.
#[server(prefix = "/api/ui", endpoint = "users/characters", input = GetUrl)]
pub(crate) async fn list_user_characters(user: AccountId) -> Result<List<CharacterView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewUsers>()?;
    domain::users::list_characters(&domain, &actor, user).await.map_err(crate::caller::refuse)
}
