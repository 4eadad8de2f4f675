//! `GET worlds/{id}`

use api::{WorldId, world::WorldView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Path, SignedIn},
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
    SignedIn(actor): SignedIn,
    Path(id): Path<WorldId>,
) -> Result<axum::Json<WorldView>, Refusal> {
    let reply = domain::worlds::get(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
