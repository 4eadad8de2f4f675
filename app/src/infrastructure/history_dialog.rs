//! The dialog that tells what was exchanged for what, and takes the last swap back.

use api::infrastructure::{NodeView, Setup, SwapOutcome, SwapView};
use leptos::prelude::*;

use super::{read_history::read_history, revert_deed::RevertDeed};
use crate::{
    Failure,
    components::{
        badge::{Badge, Tone},
        button::Button,
        deed_dialog::DeedDialog,
        dialog::Dialog,
        notice::FailureNotice,
        skeleton::Skeleton,
        time::Ago,
    },
};

/// Shows while a node's history is read.
#[component]
pub(crate) fn HistoryDialog(
    reading: RwSignal<Option<NodeView>>,
    may_change: bool,
    changed: Callback<()>,
) -> impl IntoView {
    let (open, asked) = (RwSignal::new(false), RwSignal::new(None::<RevertDeed>));
    Effect::new(move |_| open.set(reading.read().is_some()));
    Effect::new(move |_| {
        if !open.get() && reading.read_untracked().is_some() {
            reading.set(None);
        }
    });
    let title = Signal::derive(move || {
        reading
            .with(|node| node.as_ref().map_or_else(String::new, |node| format!("History of {}", node.name)))
    });
    view! {
        <Dialog id="node-history" title open>
            {move || reading.get().map(|node| view! { <History node may_change open asked /> })}
        </Dialog>
        <DeedDialog id="revert-node" asked done=Callback::new(move |_| changed.run(())) />
    }
}

#[component]
fn History(
    node: NodeView,
    may_change: bool,
    open: RwSignal<bool>,
    /// Where it says that the last swap is to be taken back.
    asked: RwSignal<Option<RevertDeed>>,
) -> impl IntoView {
    let (id, swappable) = (node.id, node.swappable);
    let swaps = RwSignal::new(None::<Result<Vec<SwapView>, Failure>>);
    leptos::task::spawn_local(async move {
        let answer = read_history(id).await.map(|list| list.items);
        let _ = swaps.try_set(Some(answer));
    });
    let deed = StoredValue::new(RevertDeed::of(&node));
    let ask = move |_| {
        open.set(false);
        asked.set(Some(deed.get_value()));
    };
    let can_revert = move || {
        let is_done = |swaps: &Vec<SwapView>| swaps.iter().any(|swap| swap.outcome == SwapOutcome::Done);
        may_change && swappable && swaps.with(|swaps| matches!(swaps, Some(Ok(swaps)) if is_done(swaps)))
    };
    view! {
        {move || match swaps.get() {
            None => view! { <Skeleton class="h-32" /> }.into_any(),
            Some(Err(failure)) => view! { <FailureNotice failure /> }.into_any(),
            Some(Ok(swaps)) if swaps.is_empty() => {
                view! { <p class="text-ink-muted">"Nothing was exchanged yet: it serves as it was set up."</p> }.into_any()
            }
            Some(Ok(swaps)) => {
                view! {
                    <ol class="max-h-[55dvh] divide-y divide-line overflow-y-auto">
                        {swaps.into_iter().map(|swap| view! { <Entry swap /> }).collect_view()}
                    </ol>
                }
                    .into_any()
            }
        }}
        <Show when=can_revert>
            <div class="mt-4 flex justify-end">
                <Button on_click=ask>"Take the last swap back"</Button>
            </div>
        </Show>
    }
}

#[component]
fn Entry(swap: SwapView) -> impl IntoView {
    let (tone, outcome) = match swap.outcome {
        SwapOutcome::Done => (Tone::Good, "Done"),
        SwapOutcome::Failed => (Tone::Bad, "Failed"),
        SwapOutcome::RolledBack => (Tone::Warn, "Rolled back"),
        SwapOutcome::WouldWork => (Tone::Neutral, "Dry run"),
    };
    let moved: Vec<String> =
        swap.moved.iter().map(|(what, count)| format!("{count} {}", what.replace('_', " "))).collect();
    let facts = [
        Some(format!("{} ms", swap.took_ms)),
        (swap.outcome == SwapOutcome::Done).then(|| format!("longest wait {} µs", swap.pause_us)),
        (!moved.is_empty()).then(|| format!("moved {}", moved.join(", "))),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    view! {
        <li class="space-y-2 py-3 first:pt-0">
            <div class="flex items-center justify-between gap-3">
                <p class="text-sm">
                    <span class="font-medium">{swap.actor}</span>
                    " "
                    <span class="text-ink-muted"><Ago at=swap.at /></span>
                </p>
                <Badge tone>{outcome}</Badge>
            </div>
            {swap.reason.map(|reason| view! { <p class="text-sm break-words">"“" {reason} "”"</p> })}
            <Difference before=swap.before after=swap.after />
            {swap.error.map(|error| view! { <p class="text-sm break-words text-bad">{error}</p> })}
            <p class="figure text-xs text-ink-muted">{facts.join(" · ")}</p>
            {swap.notes.into_iter().map(|note| view! { <p class="text-xs break-words text-ink-muted">{note}</p> }).collect_view()}
        </li>
    }
}

/// What was there line by line, and what came instead.
#[component]
fn Difference(before: Setup, after: Setup) -> impl IntoView {
    let (old, new) = (lines(&before), lines(&after));
    let marked = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| ("−", "bg-bad-soft text-bad", line.clone()))
        .chain(
            new.iter()
                .filter(|line| !old.contains(line))
                .map(|line| ("+", "bg-good-soft text-good", line.clone())),
        );
    view! {
        <ul class="overflow-x-auto rounded-control bg-sunken font-mono text-xs" aria-label="What changed">
            {marked
                .map(|(sign, class, line)| view! { <li class=format!("px-2 py-0.5 whitespace-pre {class}")>{sign} " " {line}</li> })
                .collect_view()}
        </ul>
    }
}

fn lines(setup: &Setup) -> Vec<String> {
    let config = serde_json::to_string_pretty(&setup.config).unwrap_or_default();
    let inner = config
        .lines()
        .filter(|line| !matches!(line.trim(), "{" | "}" | "{}"))
        .map(|line| line.trim_end_matches(',').to_owned());
    std::iter::once(format!("driver: {}", setup.driver)).chain(inner).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_setup_is_told_line_by_line() {
        let setup = Setup {
            driver: "redis".to_owned(),
            config: json!({"servers": ["redis://one"], "cluster": true}),
        };
        let told = lines(&setup);
        assert_eq!(told[0], "driver: redis");
        assert!(told.iter().any(|line| line.contains("\"cluster\": true")), "{told:?}");
        assert_eq!(lines(&Setup { driver: "moka".to_owned(), config: json!({}) }), ["driver: moka"]);
    }
}
