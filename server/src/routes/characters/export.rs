//! `GET characters/{id}/export`

use api::{CharacterId, character::CharacterExport, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Export a character
#[utoipa::path(
    get,
    path = "/characters/{id}/export",
    tag = "Characters",
    operation_id = "characters_export",
    params(("id" = uuid::Uuid, Path, description = "The character")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "All that is kept of the character", body = CharacterExport), Failures)
)]
pub(crate) async fn export(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
) -> Result<axum::Json<CharacterExport>, Refusal> {
    let reply = domain::characters::export(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
