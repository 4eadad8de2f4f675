//! `PUT worlds/{id}/recipe/draft`

use api::{
    WorldId,
    recipe::{RecipeDraft, SaveDraftRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Save the draft of a world's recipe
///
/// It need not be sound. A draft that somebody else saved meanwhile is not overwritten: the answer is a conflict.
#[utoipa::path(
    put,
    path = "/worlds/{id}/recipe/draft",
    tag = "Recipes",
    operation_id = "recipes_save_draft",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    request_body = SaveDraftRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The draft, with its faults", body = RecipeDraft), Failures)
)]
pub(crate) async fn save_draft(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::EditRecipes>,
    Path(id): Path<WorldId>,
    Json(request): Json<SaveDraftRequest>,
) -> Result<axum::Json<RecipeDraft>, Refusal> {
    Ok(axum::Json(domain::recipes::save_draft(&domain, &actor, id, request).await?))
}
