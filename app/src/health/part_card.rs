//! One part of the server.

use api::health::{Condition, PartHealth};
use leptos::prelude::*;

use crate::{
    components::{
        badge::{Badge, Tone},
        time::Ago,
    },
    format,
};

/// How a part is, since when, and what to do if it is ill.
#[component]
pub(crate) fn PartCard(part: Memo<Option<PartHealth>>) -> impl IntoView {
    let Some(first) = part.get_untracked() else { return ().into_any() };
    let condition =
        Memo::new(move |_| part.with(|part| part.as_ref().map_or(Condition::Unknown, |part| part.condition)));
    let is_ill = Memo::new(move |_| condition.get() == Condition::Ill);
    let since = Memo::new(move |_| part.with(|part| part.as_ref().map(|part| part.since)));
    let checked = Memo::new(move |_| part.with(|part| part.as_ref().and_then(|part| part.checked_at)));
    let probe_us = Memo::new(move |_| part.with(|part| part.as_ref().and_then(|part| part.probe_us)));
    let last_error =
        Memo::new(move |_| part.with(|part| part.as_ref().and_then(|part| part.last_error.clone())));
    let tone = Signal::derive(move || match condition.get() {
        Condition::Well => Tone::Good,
        Condition::Ill => Tone::Bad,
        Condition::Unknown => Tone::Neutral,
    });
    view! {
        <li
            class="rounded-card border bg-surface p-4 shadow-low"
            class:border-bad=is_ill
            class:border-line=move || !is_ill.get()
            data-testid="part"
        >
            <div class="flex items-start justify-between gap-3">
                <div class="min-w-0">
                    <h2 class="text-lg font-semibold first-letter:uppercase">{first.part.replace('_', " ")}</h2>
                    <p class="text-sm break-words text-ink-muted">{first.description}</p>
                </div>
                <Badge tone>
                    {move || match condition.get() {
                        Condition::Well => "Well",
                        Condition::Ill => "Ill",
                        Condition::Unknown => "Not asked yet",
                    }}
                </Badge>
            </div>
            <Show when=move || is_ill.get()>
                <p class="mt-3 rounded-control bg-bad-soft px-3 py-2 text-bad">
                    <span class="font-semibold">"What to do: "</span>
                    {first.advice.clone()}
                </p>
            </Show>
            <dl class="mt-3 grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4">
                <Fact label="Since">{move || since.get().map(|at| view! { <Ago at /> })}</Fact>
                <Fact label="Last asked">
                    {move || checked.get().map_or_else(|| "never".into_any(), |at| view! { <Ago at /> }.into_any())}
                </Fact>
                <Fact label="Answered in">
                    {move || probe_us.get().map_or_else(|| "–".to_owned(), |us| format!("{} ms", format::milliseconds(us)))}
                </Fact>
                <Fact label="Needed">{if first.required { "Required" } else { "Optional" }}</Fact>
            </dl>
            {move || {
                last_error
                    .get()
                    .map(|error| {
                        view! {
                            <div class="mt-3 border-t border-line pt-3 text-sm">
                                <p class="text-xs text-ink-muted">
                                    {move || if is_ill.get() { "Error" } else { "Last error, before it recovered" }}
                                </p>
                                <p class="mt-0.5 font-mono text-xs break-words">{error}</p>
                            </div>
                        }
                    })
            }}
        </li>
    }
    .into_any()
}

#[component]
fn Fact(label: &'static str, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt class="text-xs text-ink-muted">{label}</dt>
            <dd class="figure">{children()}</dd>
        </div>
    }
}
