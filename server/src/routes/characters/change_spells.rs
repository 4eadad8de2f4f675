//! `POST characters/{id}/spells`

use api::{
    CharacterId,
    character::{CharacterRecord, SpellsRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, StaffReason, given},
    routes::answers::Failures,
};

/// Learn and prepare spells
#[utoipa::path(
    post,
    path = "/characters/{id}/spells",
    tag = "Characters",
    operation_id = "characters_change_spells",
    params(("id" = uuid::Uuid, Path, description = "The character"), StaffReason),
    request_body = SpellsRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The character", body = CharacterRecord), Failures)
)]
pub(crate) async fn change_spells(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
    because: Option<Because>,
    Json(request): Json<SpellsRequest>,
) -> Result<axum::Json<CharacterRecord>, Refusal> {
    let reply =
        domain::characters::change_spells(&domain, &actor.because_given(given(because)), id, request).await?;
    Ok(axum::Json(reply))
}
