//! Takes a level.

use api::{
    CharacterId,
    character::{CharacterRecord, LevelUpRequest},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// One more level; the sheet tells what is to be chosen then.
#[server(prefix = "/api/ui", endpoint = "characters/take-level", input = Json)]
pub(crate) async fn take_level(
    character: CharacterId,
    request: LevelUpRequest,
    reason: Option<String>,
) -> Result<CharacterRecord, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    let actor = crate::caller::because_given(actor, reason)?;
    domain::characters::level_up(&domain, &actor, character, request).await.map_err(crate::caller::refuse)
}
