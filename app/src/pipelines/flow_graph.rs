//! The parts of a pipeline, in the order that records pass them.

use api::pipeline::{PartRole, PipelinePart};
use leptos::prelude::*;

/// Boxes with arrows between them, in as many rows as they take; sinks stand below each other.
#[component]
pub(crate) fn FlowGraph(label: String, parts: Vec<PipelinePart>) -> impl IntoView {
    let (before, sinks): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.role != PartRole::Sink);
    view! {
        <ol class="flex flex-wrap items-center gap-2 p-4" aria-label=label>
            {before
                .into_iter()
                .map(|part| {
                    view! {
                        <li class="flex min-w-0 items-center gap-2">
                            <PartBox part />
                            <Arrow />
                        </li>
                    }
                })
                .collect_view()}
            <li class="min-w-0">
                <ul class="flex flex-col gap-2">
                    {sinks.into_iter().map(|part| view! { <li><PartBox part /></li> }).collect_view()}
                </ul>
            </li>
        </ol>
    }
}

#[component]
fn PartBox(part: PipelinePart) -> impl IntoView {
    let (ground, what) = match part.role {
        PartRole::Source => ("border-info bg-info-soft", "Source"),
        PartRole::Step => ("border-line-strong bg-raised", "Step"),
        PartRole::Sink => ("border-good bg-good-soft", "Sink"),
    };
    let whole = part.text.clone();
    view! {
        <div class=format!("max-w-60 min-w-28 rounded-control border px-3 py-2 {ground}") title=whole>
            <p class="text-2xs font-medium text-ink-muted">{what}</p>
            <p class="font-medium capitalize">{part.kind}</p>
            <p class="line-clamp-2 font-mono text-xs wrap-anywhere text-ink-muted">{part.text}</p>
        </div>
    }
}

#[component]
fn Arrow() -> impl IntoView {
    view! {
        <svg class="h-3 w-6 shrink-0 text-ink-faint" viewBox="0 0 24 12" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
            <path d="M0 6h22M17 1.5 22 6l-5 4.5" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
