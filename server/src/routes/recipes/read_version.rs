//! `GET worlds/{id}/recipe/versions/{version}`

use api::{WorldId, recipe::RecipeVersionText, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a version's text
#[utoipa::path(
    get,
    path = "/worlds/{id}/recipe/versions/{version}",
    tag = "Recipes",
    operation_id = "recipes_read_version",
    params(("id" = uuid::Uuid, Path, description = "The world"), ("version" = u32, Path, description = "The version, from 1")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The version", body = RecipeVersionText), Failures)
)]
pub(crate) async fn read_version(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewRecipes>,
    Path((id, version)): Path<(WorldId, u32)>,
) -> Result<axum::Json<RecipeVersionText>, Refusal> {
    Ok(axum::Json(domain::recipes::read(&domain, &actor, id, version).await?))
}
