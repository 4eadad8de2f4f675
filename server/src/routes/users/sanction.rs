//! `POST users/{id}/sanctions`

use api::{
    AccountId,
    moderation::{SanctionRequest, SanctionView},
    right,
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Ban, mute or kick an account, or note something about it
#[utoipa::path(
    post,
    path = "/users/{id}/sanctions",
    tag = "People",
    operation_id = "users_sanction",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    request_body = SanctionRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "The sanction; a banned or kicked player is out of the game", body = SanctionView), Failures)
)]
pub(crate) async fn sanction(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ModeratePlayers>,
    Path(id): Path<AccountId>,
    Json(request): Json<SanctionRequest>,
) -> Result<(StatusCode, axum::Json<SanctionView>), Refusal> {
    let reply = domain::moderation::sanction(&domain, &actor, id, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
