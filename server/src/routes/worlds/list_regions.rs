//! `GET worlds/{id}/regions`

use api::{List, WorldId, right, world::RegionView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// List the live regions of a world
#[utoipa::path(
    get,
    path = "/worlds/{id}/regions",
    tag = "Worlds",
    operation_id = "worlds_list_regions",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The regions that a Unification owns now", body = List<RegionView>), Failures)
)]
pub(crate) async fn list_regions(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewWorlds>,
    Path(id): Path<WorldId>,
) -> Result<axum::Json<List<RegionView>>, Refusal> {
    let reply = domain::worlds::regions(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
