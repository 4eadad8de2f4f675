//! `POST worlds/{id}/recipe/roll-back`

use api::{
    WorldId,
    recipe::{RecipeVersion, RollBackRecipeRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Go back to an earlier version
///
/// Publishes its text anew; history is never rewritten. Takes effect when the server next starts.
#[utoipa::path(
    post,
    path = "/worlds/{id}/recipe/roll-back",
    tag = "Recipes",
    operation_id = "recipes_roll_back",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    request_body = RollBackRecipeRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The new version, with the text of the earlier one", body = RecipeVersion), Failures)
)]
pub(crate) async fn roll_back(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PublishRecipes>,
    Path(id): Path<WorldId>,
    Json(request): Json<RollBackRecipeRequest>,
) -> Result<axum::Json<RecipeVersion>, Refusal> {
    Ok(axum::Json(domain::recipes::roll_back(&domain, &actor, id, request).await?))
}
