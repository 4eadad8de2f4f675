//! `GET characters/{id}/sheet`

use api::{CharacterId, character::CharacterRecord, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a character's sheet
#[utoipa::path(
    get,
    path = "/characters/{id}/sheet",
    tag = "Characters",
    operation_id = "characters_read_sheet",
    params(("id" = uuid::Uuid, Path, description = "The character")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The character and every figure with where it comes from", body = CharacterRecord), Failures)
)]
pub(crate) async fn read_sheet(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
) -> Result<axum::Json<CharacterRecord>, Refusal> {
    let reply = domain::characters::read_sheet(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
