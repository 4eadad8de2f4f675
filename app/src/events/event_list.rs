//! The log as a table that keeps itself up to date.

use std::time::Duration;

use api::{List, event::EventView};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{event_row::EventRow, list_events::list_events};
use crate::{
    Failure,
    components::{
        empty_state::EmptyState,
        fresh::{StaleNotice, keep_fresh},
        icon::Glyph,
        paged::{Paged, ShowOlder},
        table::DataTable,
    },
};

/// How often the newest events are asked for while the page is open.
const REFRESH: Duration = Duration::from_secs(2);
const COLUMNS: &[&str] = &["Type", "Subject", "When", "On its stream", ""];

/// Asks for what the page's address looks for.
async fn ask(query: Memo<ParamsMap>, cursor: Option<String>) -> Result<List<EventView>, Failure> {
    // The page may be gone: then nobody reads the answer.
    let query = query.try_get_untracked().unwrap_or_default();
    let request = query.get("request").and_then(|text| text.parse().ok());
    list_events(query.get("type"), query.get("subject"), request, cursor).await
}

/// The newest events, and older ones on request.
#[component]
pub(crate) fn EventList(first: List<EventView>) -> impl IntoView {
    let query = use_query_map();
    let fresh = keep_fresh(first, REFRESH, move || ask(query, None));
    let list = Paged::new(fresh.value);
    let events = Memo::new(move |_| list.all(|event| event.id));
    let ids =
        Memo::new(move |_| events.with(|events| events.iter().map(|event| event.id).collect::<Vec<_>>()));
    view! {
        <StaleNotice of=fresh />
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Events">
            <Show when=move || !ids.with(Vec::is_empty) fallback=|| view! { <NoEvents /> }>
                <DataTable caption="Events" columns=COLUMNS>
                    <For each=move || ids.get() key=|id| *id let:id>
                        {
                            let event = Memo::new(move |_| {
                                events.with(|events| events.iter().find(|event| event.id == id).cloned())
                            });
                            view! { <EventRow event /> }
                        }
                    </For>
                </DataTable>
            </Show>
        </section>
        <ShowOlder list label="Show older events" ask=move |cursor| ask(query, Some(cursor)) />
    }
}

#[component]
fn NoEvents() -> impl IntoView {
    view! {
        <EmptyState
            glyph=Glyph::Events
            title="Nothing of that kind happened"
            text="Events are written when people sign in, play and leave, and when jobs end. Choose another type, or wait."
        />
    }
}
