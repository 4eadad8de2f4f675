//! One event as a row, with its particulars on demand.

use api::event::EventView;
use leptos::prelude::*;

use crate::components::{
    badge::{Badge, Tone},
    table::{Cell, ROW},
    time::Ago,
};

/// An event's row. Only whether it is on its stream may change.
#[component]
pub(crate) fn EventRow(event: Memo<Option<EventView>>) -> impl IntoView {
    let Some(first) = event.get_untracked() else { return ().into_any() };
    let is_relayed = Memo::new(move |_| {
        event.with(|event| event.as_ref().is_some_and(|event| event.relayed_at.is_some()))
    });
    let tone = Signal::derive(move || if is_relayed.get() { Tone::Good } else { Tone::Info });
    let (kind, at) = (first.kind.clone(), first.time);
    let subject = first.subject.clone().unwrap_or_default();
    view! {
        <tr class=ROW data-testid="event">
            <Cell>
                <span class="figure font-medium">{kind}</span>
            </Cell>
            <Cell column="Subject" class="max-w-72">
                <a
                    class="block truncate font-mono text-xs text-accent hover:underline"
                    href=format!("/events?subject={subject}")
                    title=subject.clone()
                >
                    {subject.clone()}
                </a>
            </Cell>
            <Cell column="When" class="text-ink-muted">
                <Ago at />
            </Cell>
            <Cell column="On its stream">
                <Badge tone lively=Signal::derive(move || !is_relayed.get())>
                    {move || if is_relayed.get() { "Yes" } else { "Waits" }}
                </Badge>
            </Cell>
            <Cell class="sm:text-right">
                <Particulars event=first />
            </Cell>
        </tr>
    }
    .into_any()
}

#[component]
fn Particulars(event: EventView) -> impl IntoView {
    let text = serde_json::to_string_pretty(&event.data).unwrap_or_default();
    let request = event.correlation.map(|id| id.to_string());
    view! {
        <details class="text-left">
            <summary class="cursor-pointer text-sm text-accent sm:text-right" aria-label=format!("Particulars of {}", event.id)>
                "Particulars"
            </summary>
            <div class="mt-2 max-w-lg space-y-1 text-xs">
                <p class="font-mono break-all text-ink-muted">{event.id.to_string()}</p>
                {request
                    .map(|request| {
                        view! {
                            <p>
                                <a class="text-accent hover:underline" href=format!("/events?request={request}")>
                                    "All events of the same request"
                                </a>
                            </p>
                        }
                    })}
                <pre class="overflow-x-auto rounded-control bg-sunken p-2 font-mono whitespace-pre-wrap break-all" tabindex="0">{text}</pre>
            </div>
        </details>
    }
}
