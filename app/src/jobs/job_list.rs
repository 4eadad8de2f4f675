//! The jobs as a table that keeps itself up to date.

use std::time::Duration;

use api::{List, job::JobView};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::{cancel_job::cancel_job, job_row::JobRow, list_jobs::list_jobs, start_dialog::StartDialog};
use crate::{
    Failure,
    components::{
        button::{Button, ButtonKind},
        confirm::Confirm,
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        notice::FailureNotice,
        table::DataTable,
        toast::use_toasts,
    },
};

/// How often the list is asked for while the page is open.
const REFRESH: Duration = Duration::from_secs(1);

/// The newest jobs, refreshed each second, and older ones on request.
#[component]
pub(crate) fn JobList(first: List<JobView>, may_run: bool, starts: RwSignal<bool>) -> impl IntoView {
    let newest = RwSignal::new(first);
    let older = RwSignal::new(None::<List<JobView>>);
    let failure = RwSignal::new(None::<Failure>);
    let refresh = move || {
        leptos::task::spawn_local(async move {
            // The page may be closed when the answer comes.
            match list_jobs(None).await {
                Ok(list) => {
                    let _ = (newest.try_set(list), failure.try_set(None));
                }
                Err(reason) => {
                    let _ = failure.try_set(Some(reason));
                }
            }
        });
    };
    Effect::new(move |_| {
        let tick = move || {
            if !document().hidden() {
                refresh();
            }
        };
        if let Ok(handle) = set_interval_with_handle(tick, REFRESH) {
            on_cleanup(move || handle.clear());
        }
    });
    let jobs = Memo::new(move |_| all_jobs(&newest.read(), older.read().as_ref()));
    let ids = Memo::new(move |_| jobs.with(|jobs| jobs.iter().map(|job| job.id).collect::<Vec<_>>()));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let cancelling = RwSignal::new(None::<JobView>);
    view! {
        {move || {
            failure
                .get()
                .map(|failure| {
                    view! {
                        <div class="mb-4">
                            <FailureNotice failure>"The list below is the last one that arrived."</FailureNotice>
                        </div>
                    }
                })
        }}
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Jobs">
            <Show when=move || !is_empty.get() fallback=move || view! { <NoJobs may_run starts /> }>
                <DataTable caption="Background jobs" columns=COLUMNS>
                    <For each=move || ids.get() key=|id| *id let:id>
                        {
                            let job = Memo::new(move |_| {
                                jobs.with(|jobs| jobs.iter().find(|job| job.id == id).cloned())
                            });
                            view! { <JobRow job may_run cancel=Callback::new(move |job| cancelling.set(Some(job))) /> }
                        }
                    </For>
                </DataTable>
            </Show>
        </section>
        <OlderJobs newest older />
        {may_run
            .then(|| {
                view! {
                    <StartDialog open=starts started=Callback::new(move |()| refresh()) />
                    <CancelQuestion cancelling cancelled=Callback::new(move |()| refresh()) />
                }
            })}
    }
}

const COLUMNS: &[&str] = &["Job", "State", "Progress", "Asked for", "Took", ""];

/// The newest page and the older ones, each job once: new jobs push others from the first page into the second.
fn all_jobs(newest: &List<JobView>, older: Option<&List<JobView>>) -> Vec<JobView> {
    let mut all = newest.items.clone();
    for job in older.iter().flat_map(|list| &list.items) {
        if all.iter().all(|known| known.id != job.id) {
            all.push(job.clone());
        }
    }
    all
}

#[component]
fn OlderJobs(newest: RwSignal<List<JobView>>, older: RwSignal<Option<List<JobView>>>) -> impl IntoView {
    let toasts = use_toasts();
    let cursor = move || match &*older.read() {
        Some(list) => list.next.clone(),
        None => newest.read().next.clone(),
    };
    let load = Action::new_local(move |cursor: &String| {
        let cursor = cursor.clone();
        async move {
            match list_jobs(Some(cursor)).await {
                Ok(list) => older.update(|older| {
                    let mut items = older.take().map(|older| older.items).unwrap_or_default();
                    items.extend(list.items);
                    *older = Some(List { items, next: list.next });
                }),
                Err(failure) => toasts.warn(failure.to_string()),
            }
        }
    });
    view! {
        <Show when=move || cursor().is_some()>
            <div class="mt-4 flex justify-center">
                <Button
                    busy=load.pending()
                    on:click=move |_| {
                        if let Some(cursor) = cursor() {
                            load.dispatch_local(cursor);
                        }
                    }
                >
                    "Show older jobs"
                </Button>
            </div>
        </Show>
    }
}

#[component]
fn NoJobs(may_run: bool, starts: RwSignal<bool>) -> impl IntoView {
    view! {
        <EmptyState
            glyph=Glyph::Jobs
            title="No jobs yet"
            text="Pre-generate a region before its players arrive: its 4,096 chunks are grown once and kept."
        >
            {may_run
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Secondary on:click=move |_| starts.set(true)>
                            <Icon glyph=Glyph::Plus />
                            "Pre-generate a region"
                        </Button>
                    }
                })}
        </EmptyState>
    }
}

#[component]
fn CancelQuestion(cancelling: RwSignal<Option<JobView>>, cancelled: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(cancelling.read().is_some()));
    Effect::new(move |_| {
        if !open.get() && cancelling.read_untracked().is_some() {
            cancelling.set(None);
        }
    });
    let cancel = Action::new_local(move |job: &JobView| {
        let id = job.id;
        async move {
            match cancel_job(id).await {
                Ok(_) => toasts.tell("The job is being cancelled"),
                Err(failure) => toasts.warn(failure.to_string()),
            }
            open.set(false);
            cancelled.run(());
        }
    });
    view! {
        <Confirm
            id="cancel-job"
            title="Cancel this job?"
            text="It stops at its next step. Chunks that it has grown are kept, and the job can be started anew."
            yes="Cancel the job"
            no="Keep it running"
            open
            busy=cancel.pending()
            confirmed=Callback::new(move |()| {
                if let Some(job) = cancelling.get_untracked() {
                    cancel.dispatch_local(job);
                }
            })
        />
    }
}
