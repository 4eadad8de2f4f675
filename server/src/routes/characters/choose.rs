//! `POST characters/{id}/choices`

use api::{
    CharacterId,
    character::{CharacterRecord, ChooseRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, StaffReason, given},
    routes::answers::Failures,
};

/// Make choices that are open
#[utoipa::path(
    post,
    path = "/characters/{id}/choices",
    tag = "Characters",
    operation_id = "characters_choose",
    params(("id" = uuid::Uuid, Path, description = "The character"), StaffReason),
    request_body = ChooseRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The character", body = CharacterRecord), Failures)
)]
pub(crate) async fn choose(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
    because: Option<Because>,
    Json(request): Json<ChooseRequest>,
) -> Result<axum::Json<CharacterRecord>, Refusal> {
    let reply =
        domain::characters::choose(&domain, &actor.because_given(given(because)), id, request).await?;
    Ok(axum::Json(reply))
}
