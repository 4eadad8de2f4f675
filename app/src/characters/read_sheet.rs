//! Asks for a character and its sheet.

use api::{CharacterId, character::CharacterRecord};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The character and its sheet.
#[server(prefix = "/api/ui", endpoint = "characters/read", input = GetUrl)]
pub(crate) async fn read_sheet(character: CharacterId) -> Result<CharacterRecord, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    domain::characters::read_sheet(&domain, &actor, character).await.map_err(crate::caller::refuse)
}
