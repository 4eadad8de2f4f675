//! `POST ecs/movements`

use api::entity::{MovementRequest, OrderReply};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Because, Json, SignedIn, StaffReason, given},
    routes::answers::Failures,
};

/// Let an entity walk
///
/// Players order the entities of their own characters (`play_game`), staff any (`command_entities`). A conflict tells why no way leads there.
#[utoipa::path(
    post,
    path = "/ecs/movements",
    tag = "Entities",
    operation_id = "ecs_create_movement",
    params(StaffReason),
    request_body = MovementRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = ACCEPTED, description = "The order was taken", body = OrderReply), Failures)
)]
pub(crate) async fn create_movement(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    because: Option<Because>,
    Json(request): Json<MovementRequest>,
) -> Result<(StatusCode, axum::Json<OrderReply>), Refusal> {
    let reply = domain::entities::walk(&domain, &actor.because_given(given(because)), request).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(reply)))
}
