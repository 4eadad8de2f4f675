//! Asks for all about an entity.

use api::{EntityId, inspection::EntityInspection};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// Everything that the live region knows of an entity.
#[server(prefix = "/api/ui", endpoint = "world/inspect-entity", input = GetUrl)]
pub(crate) async fn inspect_entity(entity: EntityId) -> Result<EntityInspection, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::InspectEntities>()?;
    domain::entities::inspect(&domain, &actor, entity).await.map_err(crate::caller::refuse)
}
