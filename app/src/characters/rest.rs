//! Lets a character rest.

use api::{
    CharacterId,
    character::{RestReply, RestRequest},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// A short rest with hit dice, or a long one.
#[server(prefix = "/api/ui", endpoint = "characters/rest", input = Json)]
pub(crate) async fn rest(
    character: CharacterId,
    request: RestRequest,
    reason: Option<String>,
) -> Result<RestReply, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    let actor = crate::caller::because_given(actor, reason)?;
    domain::characters::rest(&domain, &actor, character, request).await.map_err(crate::caller::refuse)
}
