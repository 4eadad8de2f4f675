//! `POST game/tickets`

use api::{
    auth::{Ticket, TicketRequest},
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

/// Get a ticket for the game socket
///
/// Send it in the `Hello` of `/ws/game`. It works once, within seconds.
#[utoipa::path(
    post,
    path = "/game/tickets",
    tag = "Game",
    operation_id = "game_create_ticket",
    request_body = TicketRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "A ticket; it works once", body = Ticket), Failures)
)]
pub(crate) async fn create_ticket(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Json(request): Json<TicketRequest>,
) -> Result<(StatusCode, axum::Json<Ticket>), Refusal> {
    let reply = domain::tickets::issue(&domain, &actor, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
