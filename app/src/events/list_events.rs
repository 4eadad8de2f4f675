//! Asks for the log of events.

use api::{List, event::EventView};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::Failure;

/// What happened, the newest first.
#[server(prefix = "/api/ui", endpoint = "events/list", input = GetUrl)]
pub(crate) async fn list_events(
    kind: Option<String>,
    subject: Option<String>,
    correlation: Option<Uuid>,
    cursor: Option<String>,
) -> Result<List<EventView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewEvents>()?;
    let filter = api::event::EventFilter { kind, subject, correlation, actor: None, cursor };
    domain::events::list(&domain, &actor, filter).await.map_err(crate::caller::refuse)
}
