//! `POST ecs/spells`

use api::entity::{OrderReply, SpellRequest};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Because, Json, SignedIn, StaffReason, given},
    routes::answers::Failures,
};

/// Let an entity cast a spell
///
/// Players order the entities of their own characters (`play_game`), staff any (`command_entities`). A conflict tells the rules' reason, with figures.
#[utoipa::path(
    post,
    path = "/ecs/spells",
    tag = "Entities",
    operation_id = "ecs_create_spell",
    params(StaffReason),
    request_body = SpellRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = ACCEPTED, description = "The order was taken", body = OrderReply), Failures)
)]
pub(crate) async fn create_spell(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    because: Option<Because>,
    Json(request): Json<SpellRequest>,
) -> Result<(StatusCode, axum::Json<OrderReply>), Refusal> {
    let reply = domain::entities::cast(&domain, &actor.because_given(given(because)), request).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(reply)))
}
