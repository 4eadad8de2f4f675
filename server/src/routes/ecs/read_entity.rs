//! `GET ecs/entities/{id}`

use api::{EntityId, inspection::EntityInspection, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Inspect an entity of the live region
///
/// Everything that the region knows of it: how it stands, what lies on it and until when, its turn, and why it did what it did last.
#[utoipa::path(
    get,
    path = "/ecs/entities/{id}",
    tag = "Entities",
    operation_id = "ecs_read_entity",
    params(("id" = uuid::Uuid, Path, description = "The entity")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The entity, closely", body = EntityInspection), Failures)
)]
pub(crate) async fn read_entity(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::InspectEntities>,
    Path(id): Path<EntityId>,
) -> Result<axum::Json<EntityInspection>, Refusal> {
    let reply = domain::entities::inspect(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
