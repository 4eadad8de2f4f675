//! The recipe's own tests, run on what is written now.

use leptos::{either::EitherOf3, prelude::*};
use worldgen::Proof;

use super::Desk;
use crate::components::badge::{Badge, Tone};

/// Each test with what it expects, what was found, and whether that holds.
#[component]
pub(crate) fn SharesPanel(desk: Desk) -> impl IntoView {
    let verdict = move || match (desk.is_proving.get(), desk.proofs.with(Option::is_some)) {
        (true, _) => "Running…",
        (false, false) => "Not run: the recipe has errors.",
        (false, true) => "On 32 × 32 km around the origin.",
    };
    view! {
        <section aria-label="The recipe’s tests" data-testid="tests">
            <h2 class="text-sm font-medium text-ink-muted">"The recipe’s tests"</h2>
            <p class="mb-2 text-xs text-ink-muted" role="status">
                {verdict}
            </p>
            {move || match desk.proofs.get() {
                None => EitherOf3::A(()),
                Some(proofs) if proofs.is_empty() => {
                    EitherOf3::B(view! {
                        <p class="text-sm text-ink-muted">"It has none. What stands under tests is checked here, and before a version is published."</p>
                    })
                }
                Some(proofs) => EitherOf3::C(view! {
                    <ul class="flex flex-col gap-1" class:opacity-60=move || desk.is_proving.get()>
                        {proofs.into_iter().map(|proof| view! { <Row desk proof /> }).collect_view()}
                    </ul>
                }),
            }}
        </section>
    }
}

#[component]
fn Row(desk: Desk, proof: Proof) -> impl IntoView {
    let tone = if proof.holds { Tone::Good } else { Tone::Bad };
    let name = proof.test.replace('_', " ").replace('.', ": ");
    view! {
        <li class="grid grid-cols-[1fr_auto_auto] items-center gap-x-3 text-sm">
            <button
                type="button"
                class="truncate text-left text-accent underline underline-offset-4 first-letter:uppercase"
                title="Show where it stands"
                on:click=move |_| {
                    if let Some(line) = proof.line {
                        desk.edit(|editor| editor.go_to(line));
                    }
                }
            >
                {name}
            </button>
            <span class="figure text-ink-muted">{format!("{:.3}, wanted {}", proof.found, proof.expected)}</span>
            <Badge tone>{if proof.holds { "Holds" } else { "Fails" }}</Badge>
        </li>
    }
}
