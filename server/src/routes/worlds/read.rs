//! `GET worlds/{id}`

use api::{WorldId, right, world::WorldView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a world
#[utoipa::path(
    get,
    path = "/worlds/{id}",
    tag = "Worlds",
    operation_id = "worlds_read",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The world", body = WorldView), Failures)
)]
pub(crate) async fn read(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewWorlds>,
    Path(id): Path<WorldId>,
) -> Result<axum::Json<WorldView>, Refusal> {
    let reply = domain::worlds::get(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
