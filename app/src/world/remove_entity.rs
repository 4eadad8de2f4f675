//! Takes an entity out of the live region.

use api::EntityId;
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Takes a monster or an NPC out, for a reason.
#[server(prefix = "/api/ui", endpoint = "world/remove-entity", input = Json)]
pub(crate) async fn remove_entity(entity: EntityId, reason: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::SpawnEntities>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::entities::despawn(&domain, &actor, entity).await.map_err(crate::caller::refuse)
}
