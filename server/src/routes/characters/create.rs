//! `POST characters`

use api::{
    character::{CharacterView, CreateCharacterRequest},
    right,
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json},
    routes::answers::Failures,
};

/// Create a character
#[utoipa::path(
    post,
    path = "/characters",
    tag = "Characters",
    operation_id = "characters_create",
    request_body = CreateCharacterRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "The character", body = CharacterView), Failures)
)]
pub(crate) async fn create(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Json(request): Json<CreateCharacterRequest>,
) -> Result<(StatusCode, axum::Json<CharacterView>), Refusal> {
    let reply = domain::characters::create(&domain, &actor, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
