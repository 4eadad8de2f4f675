//! One node: who does the work, how it is, and what it counts.

use api::{health::Condition, infrastructure::NodeView};
use leptos::prelude::*;

use super::settings;
use crate::components::{
    badge::{Badge, Tone},
    button::Button,
    identifier::Identifier,
    notice::Notice,
};

/// A node's card. What may change is bound to `node`; the card itself stays, and with it the focus.
#[component]
pub(crate) fn NodeCard(
    node: Memo<Option<NodeView>>,
    may_change: bool,
    /// Set to the node that is to be changed.
    changing: RwSignal<Option<NodeView>>,
    /// Set to the node whose history is to be read.
    reading: RwSignal<Option<NodeView>>,
) -> impl IntoView {
    let Some(first) = node.get_untracked() else { return ().into_any() };
    let of = move |read: fn(&NodeView) -> String| {
        Memo::new(move |_| node.with(|node| node.as_ref().map(read).unwrap_or_default()))
    };
    let (driver, place) = (of(|node| node.setup.driver.clone()), of(|node| node.place.clone()));
    let error = of(|node| node.error.clone().unwrap_or_default());
    let swapping = of(|node| node.swapping.clone().unwrap_or_default());
    let is_ill = Memo::new(move |_| {
        node.with(|node| node.as_ref().is_some_and(|node| node.condition == Condition::Ill))
    });
    let figures = Memo::new(move |_| {
        node.with(|node| node.as_ref().map(|node| node.figures.clone()).unwrap_or_default())
    });
    let offered = Memo::new(move |_| node.with(|node| node.as_ref().and_then(|node| node.offered.clone())));
    let is_swapping = Signal::derive(move || !swapping.read().is_empty());
    let tone = Signal::derive(move || match (is_swapping.get(), is_ill.get()) {
        (true, _) => Tone::Info,
        (_, true) => Tone::Bad,
        _ => Tone::Good,
    });
    // A node that is named after its kind does not have to say it twice.
    let kind = Some(settings::spoken(&first.kind)).filter(|kind| *kind != first.name);
    view! {
        <li
            class="flex flex-col rounded-card border bg-surface p-4 shadow-low"
            class:border-bad=is_ill
            class:border-line=move || !is_ill.get()
            data-testid="node"
        >
            <div class="flex items-start justify-between gap-3">
                <div class="min-w-0">
                    <h2 class="text-lg font-semibold first-letter:uppercase">{first.name.clone()}</h2>
                    <p class="text-sm text-ink-muted">
                        {kind.map(|kind| format!("{kind} · "))}
                        <span class="font-mono text-ink" data-testid="driver">{driver}</span>
                    </p>
                </div>
                <Badge tone lively=is_swapping>
                    {move || match (is_swapping.get(), is_ill.get()) {
                        (true, _) => format!("Swapping: {}", swapping.get()),
                        (_, true) => "Ill".to_owned(),
                        _ => "Well".to_owned(),
                    }}
                </Badge>
            </div>
            <Show when=move || !error.read().is_empty()>
                <p class="mt-3 rounded-control bg-bad-soft px-3 py-2 text-sm break-words text-bad">{error}</p>
            </Show>
            {move || {
                offered
                    .get()
                    .map(|offered| {
                        view! {
                            <div class="mt-3">
                                <Notice tone=Tone::Warn title="Its file says something else by now">
                                    <p class="font-mono text-xs break-words">
                                        {offered.driver.clone()} " " {offered.config.to_string()}
                                    </p>
                                </Notice>
                            </div>
                        }
                    })
            }}
            <dl class="mt-3 grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-3">
                <div class="col-span-2 sm:col-span-3">
                    <dt class="text-xs text-ink-muted">"Works in"</dt>
                    <dd class="break-words">{place}</dd>
                </div>
                {move || {
                    figures
                        .get()
                        .into_iter()
                        .map(|(name, count)| {
                            view! {
                                <div>
                                    <dt class="text-xs text-ink-muted first-letter:uppercase">{settings::spoken(&name)}</dt>
                                    <dd class="figure">{count}</dd>
                                </div>
                            }
                        })
                        .collect_view()
                }}
            </dl>
            <div class="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-4">
                <Identifier label="Node" value=Signal::stored(first.id.to_string()) />
                <div class="flex gap-2">
                    <Button on_click=move |_| reading.set(node.get_untracked())>"History"</Button>
                    {(may_change && first.swappable)
                        .then(|| {
                            view! {
                                <Button disabled=is_swapping on_click=move |_| changing.set(node.get_untracked())>
                                    "Change"
                                </Button>
                            }
                        })}
                </div>
            </div>
            {(!first.swappable)
                .then(|| {
                    view! {
                        <p class="mt-2 text-xs text-ink-muted">"Chosen when the server starts: change its file, and start again."</p>
                    }
                })}
        </li>
    }
    .into_any()
}
