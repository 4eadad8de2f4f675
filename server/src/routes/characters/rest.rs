//! `POST characters/{id}/rests`

use api::{
    CharacterId,
    character::{RestReply, RestRequest},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, StaffReason, given},
    routes::answers::Failures,
};

/// Let a character rest
#[utoipa::path(
    post,
    path = "/characters/{id}/rests",
    tag = "Characters",
    operation_id = "characters_rest",
    params(("id" = uuid::Uuid, Path, description = "The character"), StaffReason),
    request_body = RestRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "What was spent, and the character", body = RestReply), Failures)
)]
pub(crate) async fn rest(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Path(id): Path<CharacterId>,
    because: Option<Because>,
    Json(request): Json<RestRequest>,
) -> Result<axum::Json<RestReply>, Refusal> {
    let reply = domain::characters::rest(&domain, &actor.because_given(given(because)), id, request).await?;
    Ok(axum::Json(reply))
}
