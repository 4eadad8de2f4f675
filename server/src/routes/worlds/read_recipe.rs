//! `GET worlds/{id}/recipe`

use api::{WorldId, right, world::RecipeView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read what a world grows from
#[utoipa::path(
    get,
    path = "/worlds/{id}/recipe",
    tag = "Worlds",
    operation_id = "worlds_read_recipe",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The recipe, as written and as checked", body = RecipeView), Failures)
)]
pub(crate) async fn read_recipe(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewWorlds>,
    Path(id): Path<WorldId>,
) -> Result<axum::Json<RecipeView>, Refusal> {
    let reply = domain::worlds::recipe(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
