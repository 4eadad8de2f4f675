//! Sets a monster into the live region.

use api::entity::{SpawnReply, SpawnRequest};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Sets a monster or an NPC down at a place, or near it.
#[server(prefix = "/api/ui", endpoint = "world/spawn-entity", input = Json)]
pub(crate) async fn spawn_entity(request: SpawnRequest) -> Result<SpawnReply, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::SpawnEntities>()?;
    domain::entities::spawn(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
