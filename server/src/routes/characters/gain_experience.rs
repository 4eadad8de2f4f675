//! `POST characters/{id}/experience`

use api::{
    CharacterId,
    character::{CharacterRecord, GainExperienceRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Award experience
#[utoipa::path(
    post,
    path = "/characters/{id}/experience",
    tag = "Characters",
    operation_id = "characters_gain_experience",
    params(("id" = uuid::Uuid, Path, description = "The character")),
    request_body = GainExperienceRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The character", body = CharacterRecord), Failures)
)]
pub(crate) async fn gain_experience(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::EditEntities>,
    Path(id): Path<CharacterId>,
    Json(request): Json<GainExperienceRequest>,
) -> Result<axum::Json<CharacterRecord>, Refusal> {
    let reply = domain::characters::gain_experience(&domain, &actor, id, request).await?;
    Ok(axum::Json(reply))
}
