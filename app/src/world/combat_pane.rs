//! Search in what the live region remembers of its fights.

use std::time::Duration;

use api::{
    List,
    combat_log::{CombatEntry, CombatKind},
};
use chrono::TimeDelta;
use leptos::prelude::*;
use uuid::Uuid;

use super::{atlas::Atlas, list_combat_log::list_combat_log, log_entries::LogEntry};
use crate::{
    Failure,
    components::{
        empty_state::EmptyState,
        fresh::{StaleNotice, keep_fresh},
        icon::Glyph,
        paged::{Paged, ShowOlder},
        search_field::SearchField,
        select_field::SelectField,
        time::use_clock,
    },
};

/// How often the newest entries are asked for while they show.
const REFRESH: Duration = Duration::from_secs(2);
/// How far back one can look, in minutes; nothing is as far as there is.
const SINCE: [(&str, &str); 4] =
    [("", "Any time"), ("1", "The last minute"), ("5", "The last 5 minutes"), ("30", "The last 30 minutes")];

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Wanted {
    name: Option<String>,
    kind: Option<CombatKind>,
    minutes: Option<i64>,
}

/// The whole log, with its search.
#[component]
pub(crate) fn CombatPane(atlas: Atlas) -> impl IntoView {
    let (name, kind, since) =
        (RwSignal::new(None::<String>), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let kinds = CombatKind::ALL.iter().map(|kind| (kind.name().to_owned(), label(*kind).to_owned()));
    let kinds: Vec<_> = std::iter::once((String::new(), "Everything".to_owned())).chain(kinds).collect();
    let since_options = SINCE.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    let wanted = Memo::new(move |_| Wanted {
        name: name.get(),
        kind: CombatKind::ALL.iter().copied().find(|known| known.name() == *kind.read()),
        minutes: since.read().parse().ok(),
    });
    view! {
        <div class="flex flex-col gap-3 px-4 py-3">
            <p class="text-sm text-ink-muted">
                "The region remembers its last 20,000 records at least, in memory: none from before it started."
            </p>
            <SearchField
                id="combat-name"
                label="Who takes part"
                placeholder="Part of a name"
                value=Memo::new(move |_| name.get())
                set=name.into()
            />
            <div class="grid grid-cols-2 gap-3">
                <SelectField id="combat-kind" label="What" options=kinds value=kind />
                <SelectField id="combat-since" label="When" options=since_options value=since />
            </div>
        </div>
        // A new search is a new list.
        {move || {
            let wanted = wanted.get();
            view! { <Entries atlas wanted /> }
        }}
    }
}

#[component]
fn Entries(atlas: Atlas, wanted: Wanted) -> impl IntoView {
    let (wanted, clock) = (StoredValue::new(wanted), use_clock());
    let ask = move |cursor| {
        let Wanted { name, kind, minutes } = wanted.try_get_value().unwrap_or_default();
        let from = minutes.map(|minutes| untrack(|| clock.now()) - TimeDelta::minutes(minutes));
        list_combat_log(None, name, kind, from, cursor)
    };
    view! { <LogList atlas ask /> }
}

/// What one entity took part in.
#[component]
pub(crate) fn EntityLog(atlas: Atlas, entity: Uuid) -> impl IntoView {
    view! { <LogList atlas ask=move |cursor| list_combat_log(Some(entity), None, None, None, cursor) /> }
}

/// A log that keeps itself up to date.
#[component]
fn LogList<A>(atlas: Atlas, ask: impl Fn(Option<Uuid>) -> A + Copy + Send + Sync + 'static) -> impl IntoView
where
    A: Future<Output = Result<List<CombatEntry>, Failure>> + 'static,
{
    let fresh = keep_fresh(List::whole(Vec::new()), REFRESH, move || ask(None));
    Effect::new(move |_| fresh.refresh());
    let list = Paged::new(fresh.value);
    let entries = Memo::new(move |_| list.all(|entry: &CombatEntry| entry.id));
    view! {
        <div class="px-4 empty:hidden">
            <StaleNotice of=fresh />
        </div>
        <Show when=move || !entries.with(Vec::is_empty) fallback=|| view! { <NoFights /> }>
            <ul class="divide-y divide-line border-t border-line" aria-label="Combat log" data-testid="combat-log">
                <For each=move || entries.get() key=|entry| entry.id let:entry>
                    <LogEntry atlas entry />
                </For>
            </ul>
        </Show>
        <div class="px-4 pb-4">
            <ShowOlder list label="Show older entries" ask=move |cursor: String| ask(cursor.parse().ok()) />
        </div>
    }
}

#[component]
fn NoFights() -> impl IntoView {
    view! {
        <EmptyState
            glyph=Glyph::Swords
            title="Nothing of that kind"
            text="The region remembers no fight that fits. Look for something else, or wait."
        />
    }
}

const fn label(kind: CombatKind) -> &'static str {
    match kind {
        CombatKind::Attack => "Attacks",
        CombatKind::Damage => "Damage",
        CombatKind::Healing => "Healing",
        CombatKind::Spell => "Spells",
        CombatKind::Save => "Saves",
        CombatKind::Check => "Checks",
        CombatKind::Effect => "Effects and conditions",
        CombatKind::Death => "Falls and deaths",
        CombatKind::Turn => "Turns and moves",
    }
}
