//! `POST worlds/{id}/recipe/publish`

use api::{
    WorldId,
    recipe::{PublishRecipeRequest, RecipeVersion},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Publish the draft as the world's next version
///
/// The draft has to be sound and to pass its own tests. The version takes effect when the server next starts, for the whole
/// world at once: no ground moves under a player. Until then it can be rolled back without anybody noticing.
#[utoipa::path(
    post,
    path = "/worlds/{id}/recipe/publish",
    tag = "Recipes",
    operation_id = "recipes_publish",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    request_body = PublishRecipeRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The version, with what it changes", body = RecipeVersion), Failures)
)]
pub(crate) async fn publish(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PublishRecipes>,
    Path(id): Path<WorldId>,
    Json(request): Json<PublishRecipeRequest>,
) -> Result<axum::Json<RecipeVersion>, Refusal> {
    Ok(axum::Json(domain::recipes::publish(&domain, &actor, id, request).await?))
}
