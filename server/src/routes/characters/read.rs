//! `GET characters/{id}`

use api::{CharacterId, character::CharacterView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a character
#[utoipa::path(
    get,
    path = "/characters/{id}",
    tag = "Characters",
    operation_id = "characters_read",
    params(("id" = uuid::Uuid, Path, description = "The character")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The character", body = CharacterView), Failures)
)]
pub(crate) async fn read(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
) -> Result<axum::Json<CharacterView>, Refusal> {
    let reply = domain::characters::get(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
