//! `DELETE worlds/{id}/recipe/draft`

use api::{WorldId, right};
use axum::{extract::State, http::StatusCode};
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Throw the draft of a world's recipe away
#[utoipa::path(
    delete,
    path = "/worlds/{id}/recipe/draft",
    tag = "Recipes",
    operation_id = "recipes_discard_draft",
    params(("id" = uuid::Uuid, Path, description = "The world")),
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "It is gone; versions stay"), Failures)
)]
pub(crate) async fn discard_draft(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::EditRecipes>,
    Path(id): Path<WorldId>,
) -> Result<StatusCode, Refusal> {
    domain::recipes::discard_draft(&domain, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
