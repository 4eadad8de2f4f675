//! `DELETE ecs/entities/{id}`

use api::{EntityId, right};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Path, StaffReason, given},
    routes::answers::Failures,
};

/// Take a monster or an NPC out of the live region
///
/// A reason is kept by the audit, if one is given.
#[utoipa::path(
    delete,
    path = "/ecs/entities/{id}",
    tag = "Entities",
    operation_id = "ecs_remove_entity",
    params(("id" = uuid::Uuid, Path, description = "The entity"), StaffReason),
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "It is gone"), Failures)
)]
pub(crate) async fn remove_entity(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::SpawnEntities>,
    Path(id): Path<EntityId>,
    because: Option<Because>,
) -> Result<StatusCode, Refusal> {
    domain::entities::despawn(&domain, &actor.because_given(given(because)), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
