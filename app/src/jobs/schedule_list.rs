//! The schedules: what is asked for by the clock.

use api::{List, job::ScheduleView};
use leptos::prelude::*;

use super::{job_row::describe, pause_schedule::pause_schedule, run_schedule::run_schedule};
use crate::components::{
    badge::{Badge, Tone},
    button::{Button, ButtonKind},
    table::{Cell, DataTable, ROW},
    time::Ago,
    toast::use_toasts,
};

const COLUMNS: &[&str] = &["Schedule", "When (UTC)", "Next", "Last", ""];

/// All schedules, with a way to run each now and to let it stand still.
#[component]
pub(crate) fn ScheduleList(first: List<ScheduleView>, may_run: bool) -> impl IntoView {
    let schedules = first.items;
    view! {
        <section class="mt-8" aria-labelledby="schedules">
            <h2 id="schedules" class="mb-3 text-lg font-semibold">
                "Schedules"
            </h2>
            <div class="overflow-hidden rounded-card border border-line bg-surface shadow-low">
                <DataTable caption="Schedules" columns=COLUMNS>
                    {schedules.into_iter().map(|schedule| view! { <ScheduleRow schedule may_run /> }).collect_view()}
                </DataTable>
            </div>
        </section>
    }
}

#[component]
fn ScheduleRow(schedule: ScheduleView, may_run: bool) -> impl IntoView {
    let name = schedule.name.clone();
    let what = describe(&schedule.request);
    let schedule = RwSignal::new(schedule);
    let is_paused = Memo::new(move |_| schedule.with(|schedule| schedule.paused_at.is_some()));
    let next = Memo::new(move |_| schedule.with(|schedule| schedule.next_at));
    let last = schedule.with_untracked(|schedule| schedule.last_at);
    let (cron, cron_text) =
        schedule.with_untracked(|schedule| (schedule.cron.clone(), schedule.cron_text.clone()));
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
                        let at = next.get();
                        view! { <Ago at /> }.into_any()
                    }
                }}
            </Cell>
            <Cell column="Last" class="text-ink-muted">
                {match last {
                    Some(at) => view! { <Ago at /> }.into_any(),
                    None => "never".into_any(),
                }}
            </Cell>
            <Cell class="text-right">
                {may_run.then(|| view! { <Actions schedule is_paused /> })}
            </Cell>
        </tr>
    }
}

#[component]
fn Actions(schedule: RwSignal<ScheduleView>, is_paused: Memo<bool>) -> impl IntoView {
    let toasts = use_toasts();
    let switch = Action::new_local(move |pause: &bool| {
        let (id, pause) = (schedule.with_untracked(|schedule| schedule.id), *pause);
        async move {
            match pause_schedule(id, pause).await {
                Ok(changed) => {
                    let _ = schedule.try_set(changed);
                }
                Err(failure) => {
                    toasts.warn(failure.to_string());
                }
            }
        }
    });
    let run = Action::new_local(move |(): &()| {
        let id = schedule.with_untracked(|schedule| schedule.id);
        async move {
            match run_schedule(id).await {
                Ok(_) => toasts.tell("The job is queued"),
                Err(failure) => toasts.warn(failure.to_string()),
            }
        }
    });
    view! {
        <div class="flex flex-wrap justify-end gap-2">
            <Button
                kind=ButtonKind::Quiet
                busy=switch.pending()
                on_click=move |_| {
                    switch.dispatch_local(!is_paused.get_untracked());
                }
            >
                {move || if is_paused.get() { "Resume" } else { "Pause" }}
            </Button>
            <Button
                busy=run.pending()
                on_click=move |_| {
                    run.dispatch_local(());
                }
            >
                "Run now"
            </Button>
        </div>
    }
}
