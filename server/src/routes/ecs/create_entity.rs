//! `POST ecs/entities`

use api::{
    entity::{SpawnReply, SpawnRequest},
    right,
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json},
    routes::answers::Failures,
};

/// Set a monster or an NPC into the live region
#[utoipa::path(
    post,
    path = "/ecs/entities",
    tag = "Entities",
    operation_id = "ecs_create_entity",
    request_body = SpawnRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "Who stands there now", body = SpawnReply), Failures)
)]
pub(crate) async fn create_entity(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::SpawnEntities>,
    Json(request): Json<SpawnRequest>,
) -> Result<(StatusCode, axum::Json<SpawnReply>), Refusal> {
    let reply = domain::entities::spawn(&domain, &actor, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
