//! `GET worlds/{id}/recipe/draft`

use api::{WorldId, recipe::RecipeDraft, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read the draft of a world's recipe
#[utoipa::path(
    get,
    path = "/worlds/{id}/recipe/draft",
    tag = "Recipes",
    operation_id = "recipes_read_draft",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The draft, with its faults", body = RecipeDraft), Failures)
)]
pub(crate) async fn read_draft(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewRecipes>,
    Path(id): Path<WorldId>,
) -> Result<axum::Json<RecipeDraft>, Refusal> {
    let draft = domain::recipes::read_draft(&domain, &actor, id).await?;
    draft.map(axum::Json).ok_or_else(|| domain::Error::NotFound("draft").into())
}
