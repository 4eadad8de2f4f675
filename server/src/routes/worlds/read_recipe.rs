//! `GET worlds/{id}/recipe`

use api::{WorldId, world::RecipeView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Path, SignedIn},
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
    SignedIn(actor): SignedIn,
    Path(id): Path<WorldId>,
) -> Result<axum::Json<RecipeView>, Refusal> {
    let reply = domain::worlds::recipe(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
