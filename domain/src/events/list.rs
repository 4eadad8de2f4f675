//! The log of events.

use api::{
    List,
    event::{EventFilter, EventView},
    right,
};
use garde::Validate as _;
use store::events::{EventQuery, LoggedEvent};

use crate::{Allowed, Domain, Error};

/// Events of a page.
const PAGE_EVENTS: usize = 50;

/// A page of what happened, the newest first.
///
/// # Errors
/// [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list(
    domain: &Domain,
    _: &Allowed<right::ViewEvents>,
    filter: EventFilter,
) -> Result<List<EventView>, Error> {
    filter.validate()?;
    let before_seq = filter.cursor.map(|text| text.parse::<i64>()).transpose().map_err(|_| {
        Error::InvalidField { field: "cursor", message: "must be the `next` of the page before".to_owned() }
    })?;
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let query = EventQuery {
        kind: given(filter.kind),
        subject: given(filter.subject),
        correlation: filter.correlation,
        actor: filter.actor,
        before_seq,
    };
    // One more than a page tells whether there is another one.
    let mut events = store::events::list(domain.store(), &query, PAGE_EVENTS as u64 + 1).await?;
    let has_more = events.len() > PAGE_EVENTS;
    events.truncate(PAGE_EVENTS);
    let next = events.last().filter(|_| has_more).map(|event| event.seq.to_string());
    Ok(List { items: events.into_iter().map(view).collect(), next })
}

pub(crate) fn view(event: LoggedEvent) -> EventView {
    let envelope = event.envelope;
    EventView {
        specversion: envelope.specversion,
        id: envelope.id,
        source: envelope.source,
        kind: envelope.kind,
        subject: envelope.subject,
        time: envelope.time,
        datacontenttype: envelope.datacontenttype,
        cause: envelope.cause,
        correlation: envelope.correlation,
        actor: envelope.actor,
        region: envelope.region,
        data: envelope.data,
        relayed_at: event.relayed_at,
    }
}
