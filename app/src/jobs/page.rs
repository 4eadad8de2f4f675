//! The Jobs page.

use api::Permission;
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::query_signal;

use super::{
    job_list::JobList, list_jobs::list_jobs, list_schedules::list_schedules, queue_bar::QueueBar,
    read_queue::read_queue, schedule_list::ScheduleList, wanted::state_named,
};
use crate::{
    components::{
        button::{Button, ButtonKind},
        choice::{Alternative, Choice},
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        search_field::SearchField,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) JobsRoute => JobsPage, in staff);

const STATES: &[Alternative] = &[
    Alternative { value: "", label: "All states" },
    Alternative { value: "queued", label: "Queued" },
    Alternative { value: "running", label: "Running" },
    Alternative { value: "succeeded", label: "Succeeded" },
    Alternative { value: "failed", label: "Failed" },
    Alternative { value: "cancelled", label: "Cancelled" },
];
const KINDS: &[Alternative] = &[
    Alternative { value: "", label: "All jobs" },
    Alternative { value: "pregenerate_region", label: "Pre-generate a region" },
    Alternative { value: "back_up", label: "Back up" },
    Alternative { value: "clean_up", label: "Clean up" },
    Alternative { value: "roll_up", label: "Roll up events" },
    Alternative { value: "send_letter", label: "Send letters" },
];

/// The queue, the jobs that are looked for, and the schedules.
#[component]
fn JobsPage() -> impl IntoView {
    let may_run = use_viewer().may(Permission::RunJobs);
    let (state, set_state) = query_signal::<String>("state");
    let (kind, set_kind) = query_signal::<String>("kind");
    let (text, set_text) = query_signal::<String>("text");
    let wanted = move || (state.get(), kind.get(), text.get());
    let first = Resource::new(wanted, |(state, kind, text)| {
        list_jobs(state.and_then(|name| state_named(&name)), kind, text, None)
    });
    let queue = Resource::new(|| (), |()| read_queue());
    let schedules = Resource::new(|| (), |()| list_schedules());
    let starts = RwSignal::new(false);
    view! {
        <PageHeader title="Jobs" text="Work in the background, the newest first.">
            {may_run
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Primary on_click=move |_| starts.set(true)>
                            <Icon glyph=Glyph::Plus />
                            "Pre-generate a region"
                        </Button>
                    }
                })}
        </PageHeader>
        <Suspense fallback=|| view! { <Skeleton class="h-14 mb-4" /> }>
            {move || Suspend::new(async move { queue.await.ok().map(|first| view! { <QueueBar first may_run /> }) })}
        </Suspense>
        <div class="mb-4 flex flex-wrap items-end gap-3">
            <Choice id="job-state" label="State" options=STATES value=state set=set_state />
            <Choice id="job-kind" label="Job" options=KINDS value=kind set=set_kind />
            <SearchField id="job-text" label="Error" placeholder="a text in the error" value=text set=set_text />
        </div>
        <Transition fallback=|| view! { <Skeleton class="h-64" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <JobList first=list may_run starts /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Transition>
        <Suspense fallback=|| view! { <Skeleton class="mt-8 h-48" /> }>
            {move || Suspend::new(async move {
                schedules.await.ok().map(|first| view! { <ScheduleList first may_run /> })
            })}
        </Suspense>
    }
}
