//! `GET worlds`

use api::{List, right, world::WorldView};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// List the worlds
#[utoipa::path(
    get,
    path = "/worlds",
    tag = "Worlds",
    operation_id = "worlds_list",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The worlds, oldest first", body = List<WorldView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewWorlds>,
) -> Result<axum::Json<List<WorldView>>, Refusal> {
    let reply = domain::worlds::list(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
