//! `GET events`

use api::{
    List,
    event::{EventFilter, EventView},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// List what happened
///
/// Events are CloudEvents 1.0. The list is the log of the house: what has been committed stands in it, in order.
#[utoipa::path(
    get,
    path = "/events",
    tag = "Events",
    operation_id = "events_list",
    params(EventFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The events, newest first", body = List<EventView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewEvents>,
    Query(filter): Query<EventFilter>,
) -> Result<axum::Json<List<EventView>>, Refusal> {
    let reply = domain::events::list(&domain, &actor, filter).await?;
    Ok(axum::Json(reply))
}
