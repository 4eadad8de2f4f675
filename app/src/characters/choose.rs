//! Makes choices that are open.

use api::{
    CharacterId,
    character::{CharacterRecord, ChooseRequest},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Adds skills, improvements and picks.
#[server(prefix = "/api/ui", endpoint = "characters/choose", input = Json)]
pub(crate) async fn choose(
    character: CharacterId,
    request: ChooseRequest,
    reason: Option<String>,
) -> Result<CharacterRecord, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    let actor = crate::caller::because_given(actor, reason)?;
    domain::characters::choose(&domain, &actor, character, request).await.map_err(crate::caller::refuse)
}
