//! Does something with a thing.

use api::{
    CharacterId,
    character::{CharacterRecord, InventoryRequest},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Wears it, buys it, is rid of it.
#[server(prefix = "/api/ui", endpoint = "characters/change-inventory", input = Json)]
pub(crate) async fn change_inventory(
    character: CharacterId,
    request: InventoryRequest,
    reason: Option<String>,
) -> Result<CharacterRecord, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    let actor = crate::caller::because_given(actor, reason)?;
    domain::characters::change_inventory(&domain, &actor, character, request)
        .await
        .map_err(crate::caller::refuse)
}
