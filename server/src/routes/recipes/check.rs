//! `POST worlds/{id}/recipe/check`

use api::{
    WorldId,
    recipe::{CheckRecipeRequest, RecipeCheck},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Find out what a recipe would do
///
/// Changes nothing.
#[utoipa::path(
    post,
    path = "/worlds/{id}/recipe/check",
    tag = "Recipes",
    operation_id = "recipes_check",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    request_body = CheckRecipeRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "Faults, changes against the newest version, and the recipe's own tests", body = RecipeCheck), Failures)
)]
pub(crate) async fn check(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::EditRecipes>,
    Path(id): Path<WorldId>,
    Json(request): Json<CheckRecipeRequest>,
) -> Result<axum::Json<RecipeCheck>, Refusal> {
    Ok(axum::Json(domain::recipes::check(&domain, &actor, id, request).await?))
}
