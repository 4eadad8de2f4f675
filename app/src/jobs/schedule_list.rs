//! The schedules: what is asked for by the clock.

use api::{List, job::ScheduleView};
use leptos::prelude::*;

use super::{
    deed::{JobDeed, Scheduled},
    job_row::describe,
    list_schedules::list_schedules,
};
use crate::components::{
    badge::{Badge, Tone},
    button::{Button, ButtonKind},
    deed_dialog::DeedDialog,
    table::{Cell, DataTable, ROW},
    time::{Ago, Until},
};

const COLUMNS: &[&str] = &["Schedule", "When (UTC)", "Next", "Last", ""];

/// All schedules, with a way to run each now and to let it stand still.
#[component]
pub(crate) fn ScheduleList(first: List<ScheduleView>, may_run: bool) -> impl IntoView {
    let schedules = RwSignal::new(first.items);
    let ids = Memo::new(move |_| {
        schedules.with(|list| list.iter().map(|schedule| schedule.id).collect::<Vec<_>>())
    });
    let asked = RwSignal::new(None::<JobDeed>);
    let read_again = Callback::new(move |_| {
        leptos::task::spawn_local(async move {
            // If it can't be read, what was there stays; the page may be gone when it comes.
            if let Ok(list) = list_schedules().await {
                let _ = schedules.try_set(list.items);
            }
        });
    });
    view! {
        <section class="mt-8" aria-labelledby="schedules">
            <h2 id="schedules" class="mb-3 text-lg font-semibold">
                "Schedules"
            </h2>
            <div class="overflow-hidden rounded-card border border-line bg-surface shadow-low">
                <DataTable caption="Schedules" columns=COLUMNS>
                    <For each=move || ids.get() key=|id| *id let:id>
                        {
                            let schedule = Memo::new(move |_| {
                                schedules.with(|list| list.iter().find(|schedule| schedule.id == id).cloned())
                            });
                            view! { <ScheduleRow schedule may_run asked /> }
                        }
                    </For>
                </DataTable>
            </div>
            {may_run.then(|| view! { <DeedDialog id="schedule-deed" asked done=read_again /> })}
        </section>
    }
}

#[component]
fn ScheduleRow(
    schedule: Memo<Option<ScheduleView>>,
    may_run: bool,
    asked: RwSignal<Option<JobDeed>>,
) -> impl IntoView {
    let Some(first) = schedule.get_untracked() else { return ().into_any() };
    let what = describe(&first.request);
    let ScheduleView { id, name, cron, cron_text, .. } = first;
    let is_paused = Memo::new(move |_| {
        schedule.with(|schedule| schedule.as_ref().is_some_and(|it| it.paused_at.is_some()))
    });
    let next = Memo::new(move |_| schedule.with(|schedule| schedule.as_ref().map(|it| it.next_at)));
    let last = Memo::new(move |_| schedule.with(|schedule| schedule.as_ref().and_then(|it| it.last_at)));
    let scheduled = Scheduled { id, name: name.clone() };
    view! {
        <tr class=ROW data-testid="schedule">
            <Cell>
                <p class="font-medium">{name}</p>
                <p class="text-xs text-ink-muted">{what}</p>
            </Cell>
            <Cell column="When (UTC)">
                <p class="font-mono text-sm">{cron}</p>
                <p class="text-xs text-ink-muted">{cron_text}</p>
            </Cell>
            <Cell column="Next" class="text-ink-muted">
                {move || {
                    if is_paused.get() {
                        view! { <Badge tone=Tone::Warn>"Stands still"</Badge> }.into_any()
                    } else {
                        next.get().map(|at| view! { <Until at /> }).into_any()
                    }
                }}
            </Cell>
            <Cell column="Last" class="text-ink-muted">
                {move || match last.get() {
                    Some(at) => view! { <Ago at /> }.into_any(),
                    None => "never".into_any(),
                }}
            </Cell>
            <Cell class="text-right">
                {may_run.then(|| view! { <Actions scheduled is_paused asked /> })}
            </Cell>
        </tr>
    }
    .into_any()
}

#[component]
fn Actions(scheduled: Scheduled, is_paused: Memo<bool>, asked: RwSignal<Option<JobDeed>>) -> impl IntoView {
    let scheduled = StoredValue::new(scheduled);
    let switch = move |_| {
        let scheduled = scheduled.get_value();
        let deed = if is_paused.get_untracked() { JobDeed::ResumeSchedule } else { JobDeed::PauseSchedule };
        asked.set(Some(deed(scheduled)));
    };
    let run = move |_| asked.set(Some(JobDeed::RunSchedule(scheduled.get_value())));
    view! {
        <div class="flex flex-wrap justify-end gap-2">
            <Button kind=ButtonKind::Quiet on_click=switch>
                {move || if is_paused.get() { "Resume" } else { "Pause" }}
            </Button>
            <Button on_click=run>"Run now"</Button>
        </div>
    }
}
