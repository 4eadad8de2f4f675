//! `POST ecs/entities/{id}/alterations`

use api::{
    EntityId,
    alteration::{AlterationReply, AlterationRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, WithReason},
    routes::answers::Failures,
};

/// Change a live entity
///
/// What no deed in the game changes: hit points, conditions, place. The audit keeps why, and how it was before and after.
#[utoipa::path(
    post,
    path = "/ecs/entities/{id}/alterations",
    tag = "Entities",
    operation_id = "ecs_create_alteration",
    params(("id" = uuid::Uuid, Path, description = "The entity"), WithReason),
    request_body = AlterationRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "How it was, and how it is", body = AlterationReply), Failures)
)]
pub(crate) async fn create_alteration(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::EditEntities>,
    Path(id): Path<EntityId>,
    Because(reason): Because,
    Json(request): Json<AlterationRequest>,
) -> Result<axum::Json<AlterationReply>, Refusal> {
    let reply = domain::entities::alter(&domain, &actor.because(reason), id, request).await?;
    Ok(axum::Json(reply))
}
