//! The newest events on their way through a pipeline, step by step, live.

use std::time::Duration;

use api::pipeline::{PartRole, PipelinePart, PipelineTail, StepPassage, TailEvent};
use leptos::prelude::*;
use uuid::Uuid;

use super::read_tail::read_tail;
use crate::components::{
    badge::{Badge, Tone},
    button::{Button, ButtonKind},
    fresh::{StaleNotice, keep_fresh},
    icon::{Glyph, Icon},
    table::{Cell, DataTable, ROW},
    time::Ago,
};

/// How often the newest events are asked for while they are looked at.
const REFRESH: Duration = Duration::from_secs(1);
const COLUMNS: &[&str] = &["Event", "In", "Out"];

/// Whatever enters and leaves a step, live while it is open.
#[component]
pub(crate) fn LiveTail(id: Uuid, parts: Vec<PipelinePart>) -> impl IntoView {
    let opened = RwSignal::new(false);
    let is_open = RwSignal::new(false);
    let steps = parts.into_iter().filter(|part| part.role == PartRole::Step);
    let steps = StoredValue::new(steps.map(|part| part.kind).collect::<Vec<_>>());
    view! {
        <details
            class="border-t border-line"
            on:toggle=move |_| {
                opened.set(true);
                is_open.update(|open| *open = !*open);
            }
        >
            <summary class="cursor-pointer px-4 py-2.5 font-medium">"Live tail"</summary>
            <Show when=move || opened.get()>
                <Tail id steps=steps.get_value() is_open />
            </Show>
        </details>
    }
}

#[component]
fn Tail(id: Uuid, steps: Vec<String>, is_open: RwSignal<bool>) -> impl IntoView {
    let is_paused = RwSignal::new(false);
    let step = RwSignal::new(0_usize);
    let tail = RwSignal::new(None::<PipelineTail>);
    let fresh = keep_fresh((), REFRESH, move || async move {
        if is_open.try_get_untracked() == Some(true) && is_paused.try_get_untracked() == Some(false) {
            let newest = read_tail(id).await?;
            // Whoever has paused meanwhile wants to see what stood there.
            if is_paused.try_get_untracked() == Some(false) {
                let _ = tail.try_set(Some(newest));
            }
        }
        Ok(())
    });
    Effect::new(move |_| {
        if is_open.get() && !is_paused.get() {
            fresh.refresh();
        }
    });
    let ids = Memo::new(move |_| {
        tail.with(|tail| {
            tail.iter().flat_map(|tail| &tail.events).map(|event| event.event_id).collect::<Vec<_>>()
        })
    });
    let find = move |event: Uuid| {
        tail.with(|tail| {
            tail.iter().flat_map(|tail| &tail.events).find(|found| found.event_id == event).cloned()
        })
    };
    view! {
        <div class="flex flex-wrap items-center gap-3 px-4 pb-3">
            <StepChoice steps step />
            <PauseTail is_paused />
        </div>
        <StaleNotice of=fresh />
        <Show
            when=move || !ids.with(Vec::is_empty)
            fallback=|| view! { <p class="px-4 pb-4 text-ink-muted">"No event of this kind has happened yet."</p> }
        >
            <div class="max-h-96 overflow-auto" tabindex="0" role="group" aria-label="Newest events">
                <DataTable caption="Newest events" columns=COLUMNS>
                    <For each=move || ids.get() key=|id| *id let:id>
                        <Row event=Memo::new(move |_| find(id)) step />
                    </For>
                </DataTable>
            </div>
        </Show>
    }
}

#[component]
fn StepChoice(steps: Vec<String>, step: RwSignal<usize>) -> impl IntoView {
    let options = steps.into_iter().enumerate().map(|(index, kind)| {
        view! { <option value=index.to_string()>{format!("Step {}: {kind}", index + 1)}</option> }
    });
    view! {
        <select
            class="h-9 rounded-control border border-control-line bg-raised px-3 text-base text-ink"
            aria-label="Step"
            on:change=move |event| step.set(event_target_value(&event).parse().unwrap_or_default())
        >
            {options.collect_view()}
        </select>
    }
}

#[component]
fn PauseTail(is_paused: RwSignal<bool>) -> impl IntoView {
    view! {
        <Button kind=ButtonKind::Secondary on_click=move |_| is_paused.update(|paused| *paused = !*paused)>
            {move || {
                let glyph = if is_paused.get() { Glyph::Play } else { Glyph::Pause };
                view! { <Icon glyph /> }
            }}
            {move || if is_paused.get() { "Go on" } else { "Hold still" }}
        </Button>
    }
}

#[component]
fn Row(event: Memo<Option<TailEvent>>, step: RwSignal<usize>) -> impl IntoView {
    let Some(first) = event.get_untracked() else { return ().into_any() };
    let fate = Memo::new(move |_| event.with(|event| event.as_ref().map(fate_of).unwrap_or_default()));
    let passage = move |of: fn(&StepPassage) -> &Vec<String>| {
        event.with(|event| {
            event
                .as_ref()
                .and_then(|event| event.passages.get(step.get()))
                .map(of)
                .cloned()
                .unwrap_or_default()
        })
    };
    let why = move || event.with(|event| event.as_ref().and_then(|event| event.refused.clone()));
    view! {
        <tr class=ROW data-testid="tail-event">
            <Cell>
                <p class="font-medium">{first.kind}</p>
                <p class="text-xs text-ink-muted">
                    <Ago at=first.at />
                </p>
                <Badge tone=Signal::derive(move || fate.get().1)>{move || fate.get().0}</Badge>
            </Cell>
            <Cell column="In" class="max-w-md">
                <Values values=Signal::derive(move || passage(|passage| &passage.input)) />
            </Cell>
            <Cell column="Out" class="max-w-md">
                <Values values=Signal::derive(move || passage(|passage| &passage.output)) />
                {move || why().map(|why| view! { <p class="break-words text-bad">{why}</p> })}
            </Cell>
        </tr>
    }
    .into_any()
}

#[component]
fn Values(values: Signal<Vec<String>>) -> impl IntoView {
    move || {
        let values = values.get();
        if values.is_empty() {
            return view! { <span class="text-ink-muted">"–"</span> }.into_any();
        }
        let lines =
            values.into_iter().map(|value| view! { <p class="font-mono text-xs break-all">{value}</p> });
        lines.collect_view().into_any()
    }
}

/// What became of an event, in a word and its colour.
fn fate_of(event: &TailEvent) -> (&'static str, Tone) {
    let is_filtered = event.passages.last().is_some_and(|passage| passage.output.is_empty());
    match event {
        TailEvent { refused: Some(_), .. } => ("Makes no sense", Tone::Bad),
        TailEvent { taken_in: false, .. } => ("Waits", Tone::Info),
        _ if is_filtered => ("Filtered out", Tone::Neutral),
        _ => ("Taken in", Tone::Good),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn an_events_fate_is_told_by_how_far_it_came() {
        let passage = |output: &[&str]| StepPassage {
            input: vec!["{}".to_owned()],
            output: output.iter().map(|text| (*text).to_owned()).collect(),
        };
        let event = |taken_in, output: &[&str], refused: Option<&str>| TailEvent {
            event_id: Uuid::nil(),
            kind: "combat.hit".to_owned(),
            at: DateTime::UNIX_EPOCH,
            taken_in,
            passages: vec![passage(output)],
            refused: refused.map(str::to_owned),
        };
        assert_eq!(fate_of(&event(true, &["1"], None)).0, "Taken in");
        assert_eq!(fate_of(&event(true, &[], None)).0, "Filtered out");
        assert_eq!(fate_of(&event(false, &["1"], None)).0, "Waits");
        assert_eq!(fate_of(&event(true, &[], Some("steps[0].map: no"))).0, "Makes no sense");
    }
}
