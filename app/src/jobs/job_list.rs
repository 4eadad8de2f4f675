//! The jobs as a table that keeps itself up to date.

use std::time::Duration;

use api::{List, job::JobView};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{deed::JobDeed, job_row::JobRow, start_dialog::StartDialog, wanted::ask};
use crate::components::{
    button::{Button, ButtonKind},
    deed_dialog::DeedDialog,
    empty_state::EmptyState,
    fresh::{StaleNotice, keep_fresh},
    icon::{Glyph, Icon},
    paged::{Paged, ShowOlder},
    table::DataTable,
};

/// How often the list is asked for while the page is open.
const REFRESH: Duration = Duration::from_secs(1);

/// The newest jobs, refreshed each second, and older ones on request.
#[component]
pub(crate) fn JobList(first: List<JobView>, may_run: bool, starts: RwSignal<bool>) -> impl IntoView {
    let query = use_query_map();
    let fresh = keep_fresh(first, REFRESH, move || ask(query, None));
    let list = Paged::new(fresh.value);
    let jobs = Memo::new(move |_| list.all(|job| job.id));
    let ids = Memo::new(move |_| jobs.with(|jobs| jobs.iter().map(|job| job.id).collect::<Vec<_>>()));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let asked = RwSignal::new(None::<JobDeed>);
    let is_filtered = Memo::new(move |_| query.with(is_looking));
    view! {
        <StaleNotice of=fresh />
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Jobs">
            <Show when=move || !is_empty.get() fallback=move || view! { <NoJobs may_run starts is_filtered /> }>
                <DataTable caption="Background jobs" columns=COLUMNS>
                    <For each=move || ids.get() key=|id| *id let:id>
                        {
                            let job = Memo::new(move |_| {
                                jobs.with(|jobs| jobs.iter().find(|job| job.id == id).cloned())
                            });
                            view! { <JobRow job may_run asked /> }
                        }
                    </For>
                </DataTable>
            </Show>
        </section>
        <ShowOlder list label="Show older jobs" ask=move |cursor| ask(query, Some(cursor)) />
        {may_run
            .then(|| {
                view! {
                    <StartDialog open=starts started=Callback::new(move |()| fresh.refresh()) />
                    <DeedDialog id="job-deed" asked done=Callback::new(move |_| fresh.refresh()) />
                }
            })}
    }
}

const COLUMNS: &[&str] = &["Job", "State", "Progress", "Asked for", "Took", ""];

/// Whether the page's address looks for something.
fn is_looking(query: &ParamsMap) -> bool {
    ["state", "kind", "text"].iter().any(|key| query.get(key).is_some())
}

#[component]
fn NoJobs(may_run: bool, starts: RwSignal<bool>, is_filtered: Memo<bool>) -> impl IntoView {
    if is_filtered.get_untracked() {
        return view! {
            <EmptyState glyph=Glyph::Jobs title="No such jobs" text="Nothing fits what you look for. Take a filter away." />
        }
        .into_any();
    }
    view! {
        <EmptyState
            glyph=Glyph::Jobs
            title="No jobs yet"
            text="Pre-generate a region before its players arrive: its 4,096 chunks are grown once and kept."
        >
            {may_run
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Secondary on_click=move |_| starts.set(true)>
                            <Icon glyph=Glyph::Plus />
                            "Pre-generate a region"
                        </Button>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}
