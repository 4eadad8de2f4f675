//! What happened in the house: told by those who did it, relayed to streams, read by staff.
//!
//! A use case tells what it did with [`tell`], in the transaction of the deed. The [relay] brings it to the stream
//! of its topic; [`pipelines`](crate::pipelines) read there.

mod list;
mod relay;

pub use list::list;
pub use relay::{relay, relay_all, reopen_restored};

use store::{
    Records, StoreError,
    events::{Context, Happening},
};

use crate::Actor;

/// Writes down that `actor` made something happen. Belongs into the transaction of the deed itself.
pub(crate) async fn tell(
    records: &impl Records,
    actor: &Actor,
    happening: &Happening,
) -> Result<(), StoreError> {
    let context =
        Context { correlation: Some(actor.arrival.request_id), actor: actor.account, ..Context::default() };
    store::events::append(records, happening, store::now(), context).await.map(|_| ())
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!("realmkeep_events_relayed_total", "Events that were put on their streams");
    metrics::describe_counter!(
        "realmkeep_event_relay_failures_total",
        "Times that events could not be put on their streams"
    );
    metrics::describe_gauge!(
        "realmkeep_event_relay_lag_seconds",
        "Age of the oldest event that waits for its stream"
    );
}
