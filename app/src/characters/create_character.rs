//! Sends the choices of a new character.

use api::character::{CharacterView, CreateCharacterRequest};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Makes the character, if the rules allow it.
#[server(prefix = "/api/ui", endpoint = "characters/create", input = Json)]
pub(crate) async fn create_character(request: CreateCharacterRequest) -> Result<CharacterView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    domain::characters::create(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
