//! `GET worlds/{id}/recipe/versions`

use api::{List, WorldId, recipe::RecipeVersion, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path, Query},
    routes::{answers::Failures, page::Page},
};

/// List the versions of a world's recipe
#[utoipa::path(
    get,
    path = "/worlds/{id}/recipe/versions",
    tag = "Recipes",
    operation_id = "recipes_list_versions",
    params(("id" = uuid::Uuid, Path, description = "The world"), Page),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The versions, newest first", body = List<RecipeVersion>), Failures)
)]
pub(crate) async fn list_versions(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewRecipes>,
    Path(id): Path<WorldId>,
    Query(page): Query<Page>,
) -> Result<axum::Json<List<RecipeVersion>>, Refusal> {
    Ok(axum::Json(domain::recipes::list(&domain, &actor, id, page.cursor).await?))
}
