//! Learns and prepares spells.

use api::{
    CharacterId,
    character::{CharacterRecord, SpellsRequest},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Adds to what is known, and says what is prepared.
#[server(prefix = "/api/ui", endpoint = "characters/change-spells", input = Json)]
pub(crate) async fn change_spells(
    character: CharacterId,
    request: SpellsRequest,
    reason: Option<String>,
) -> Result<CharacterRecord, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    let actor = crate::caller::because_given(actor, reason)?;
    domain::characters::change_spells(&domain, &actor, character, request)
        .await
        .map_err(crate::caller::refuse)
}
