//! `POST characters/{id}/inventory`

use api::{
    CharacterId,
    character::{CharacterRecord, InventoryRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, StaffReason, given},
    routes::answers::Failures,
};

/// Wear, buy or drop a thing
#[utoipa::path(
    post,
    path = "/characters/{id}/inventory",
    tag = "Characters",
    operation_id = "characters_change_inventory",
    params(("id" = uuid::Uuid, Path, description = "The character"), StaffReason),
    request_body = InventoryRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The character", body = CharacterRecord), Failures)
)]
pub(crate) async fn change_inventory(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
    because: Option<Because>,
    Json(request): Json<InventoryRequest>,
) -> Result<axum::Json<CharacterRecord>, Refusal> {
    let reply =
        domain::characters::change_inventory(&domain, &actor.because_given(given(because)), id, request)
            .await?;
    Ok(axum::Json(reply))
}
