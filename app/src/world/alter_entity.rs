//! Changes a live entity.

use api::{
    EntityId,
    alteration::{AlterationReply, AlterationRequest},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Changes something about an entity, for a reason.
#[server(prefix = "/api/ui", endpoint = "world/alter-entity", input = Json)]
pub(crate) async fn alter_entity(
    entity: EntityId,
    request: AlterationRequest,
    reason: String,
) -> Result<AlterationReply, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::EditEntities>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    domain::entities::alter(&domain, &actor, entity, request).await.map_err(crate::caller::refuse)
}
