//! What is wrong with the text, as a list: for whoever doesn't see the marks in the editor.

use leptos::{either::Either, prelude::*};
use worldgen::{Fault, Severity};

use super::{Desk, editor::message};
use crate::components::badge::{Badge, Tone};

/// Faults and warnings, errors first.
#[component]
pub(crate) fn FaultPanel(desk: Desk) -> impl IntoView {
    let faults = Memo::new(move |_| {
        desk.reading
            .with(|reading| reading.as_ref().map(|reading| reading.faults.clone()).unwrap_or_default())
    });
    view! {
        <div class="p-4">
            {move || {
                let faults = faults.get();
                if faults.is_empty() {
                    Either::Left(view! { <p class="text-sm text-ink-muted">"Nothing is wrong with the recipe."</p> })
                } else {
                    Either::Right(view! {
                        <ul class="flex flex-col gap-2" data-testid="faults">
                            {faults.into_iter().map(|fault| view! { <Row desk fault /> }).collect_view()}
                        </ul>
                    })
                }
            }}
        </div>
    }
}

#[component]
fn Row(desk: Desk, fault: Fault) -> impl IntoView {
    let (tone, word) = match fault.severity {
        Severity::Error => (Tone::Bad, "Error"),
        Severity::Warning => (Tone::Warn, "Warning"),
    };
    let line = fault.line;
    let text = message(&fault);
    view! {
        <li class="flex items-start gap-3 text-sm">
            <Badge tone>{word}</Badge>
            <button
                type="button"
                class="figure shrink-0 text-accent underline underline-offset-4"
                on:click=move |_| {
                    desk.edit(|editor| editor.go_to(line));
                }
            >
                {format!("Line {}, column {}", fault.line, fault.column)}
            </button>
            <p class="min-w-0 break-words">
                <span class="font-mono text-xs text-ink-muted">{fault.key}</span>
                " "
                {text}
            </p>
        </li>
    }
}
