//! `POST characters/{id}/levels`

use api::{
    CharacterId,
    character::{CharacterRecord, LevelUpRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, StaffReason, given},
    routes::answers::Failures,
};

/// Take a level
#[utoipa::path(
    post,
    path = "/characters/{id}/levels",
    tag = "Characters",
    operation_id = "characters_level_up",
    params(("id" = uuid::Uuid, Path, description = "The character"), StaffReason),
    request_body = LevelUpRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The character", body = CharacterRecord), Failures)
)]
pub(crate) async fn level_up(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
    because: Option<Because>,
    Json(request): Json<LevelUpRequest>,
) -> Result<axum::Json<CharacterRecord>, Refusal> {
    let reply =
        domain::characters::level_up(&domain, &actor.because_given(given(because)), id, request).await?;
    Ok(axum::Json(reply))
}
