//! The entries that are looked for, and older ones on request.

use api::{
    List,
    audit::{AuditEntryView, AuditFilter},
};
use leptos::prelude::*;

use super::{entry_row::EntryRow, list_entries::list_entries, wanted};
use crate::components::{
    empty_state::EmptyState,
    icon::Glyph,
    paged::{Paged, ShowOlder},
};

/// The first page of them, and more.
#[component]
pub(super) fn Entries(first: List<AuditEntryView>, filter: AuditFilter) -> impl IntoView {
    let is_narrow = wanted::is_narrow(&filter);
    let list = Paged::new(RwSignal::new(first));
    let entries = Memo::new(move |_| list.all(|entry| entry.id));
    let is_empty = Memo::new(move |_| entries.read().is_empty());
    let filter = StoredValue::new(filter);
    let ask = move |cursor: String| {
        let AuditFilter { actor, action, subject, since, until, .. } = filter.get_value();
        list_entries(actor, action, subject, since, until, Some(cursor))
    };
    view! {
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Entries">
            <Show when=move || !is_empty.get() fallback=move || view! { <Nothing is_narrow /> }>
                <ol class="divide-y divide-line">
                    <For each=move || entries.get() key=|entry| entry.id let:entry>
                        <EntryRow entry />
                    </For>
                </ol>
            </Show>
        </section>
        <ShowOlder list label="Show older entries" ask />
    }
}

#[component]
fn Nothing(is_narrow: bool) -> impl IntoView {
    if is_narrow {
        view! {
            <EmptyState glyph=Glyph::Log title="Nothing like that" text="No entry fits what you look for. Take a filter away." />
        }
    } else {
        view! { <EmptyState glyph=Glyph::Log title="Nothing yet" text="What people and staff do is noted here." /> }
    }
}
