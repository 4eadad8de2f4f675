//! One record of the compendium.

use api::rules::{RulesKind, RulesRecord, RulesRoll};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_params_map};

use super::{coverage_badge::CoverageBadge, effect_tree::EffectTree, page::title, read_record::read_record};
use crate::{
    components::{page_failure::PageFailure, skeleton::Skeleton},
    on_demand::on_demand,
};

on_demand!(pub(crate) RecordRoute => RecordPage, in rules);

/// What the record is, what it does, and the data that says so.
#[component]
fn RecordPage() -> impl IntoView {
    let params = use_params_map();
    let record = Resource::new(
        move || {
            params
                .with(|params| (params.get("kind").unwrap_or_default(), params.get("id").unwrap_or_default()))
        },
        |(kind, id)| read_record(RulesKind::from_name(&kind).unwrap_or(RulesKind::Spells), id),
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match record.await {
                    Ok(record) => Either::Left(view! { <Record record /> }),
                    Err(failure) => Either::Right(view! { <PageFailure failure back="/compendium" back_label="To the compendium" /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Record(record: RulesRecord) -> impl IntoView {
    let json = serde_json::to_string_pretty(&record.record).unwrap_or_default();
    view! {
        <Title text=record.name.clone() />
        <A
            href=format!("/compendium?kind={}", record.kind.name())
            attr:class="text-sm font-medium text-accent-strong hover:underline"
        >
            {title(record.kind)}
        </A>
        <div class="mt-1 mb-5 flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 class="font-display text-2xl font-semibold">{record.name}</h1>
            <CoverageBadge coverage=record.coverage />
        </div>
        <div class="grid items-start gap-4 lg:grid-cols-[20rem_1fr]">
            <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="Facts">
                <dl class="space-y-2">
                    {record
                        .facts
                        .into_iter()
                        .map(|fact| {
                            view! {
                                <div>
                                    <dt class="text-xs font-medium text-ink-muted">{fact.name}</dt>
                                    <dd class="break-words">{fact.value}</dd>
                                </div>
                            }
                        })
                        .collect_view()}
                </dl>
            </section>
            <section class="min-w-0 space-y-4 rounded-card border border-line bg-surface p-4 shadow-low" aria-label="What it does">
                {record
                    .text
                    .into_iter()
                    .map(|paragraph| {
                        view! {
                            <div>
                                {(!paragraph.heading.is_empty())
                                    .then(|| view! { <h2 class="font-semibold">{paragraph.heading}</h2> })}
                                <p class="max-w-prose">{paragraph.text}</p>
                            </div>
                        }
                    })
                    .collect_view()}
                {(!record.rolls.is_empty()).then(|| view! { <Rolls rolls=record.rolls /> })}
                {(!record.missing.is_empty())
                    .then(|| {
                        view! {
                            <div>
                                <h2 class="font-semibold">"Not played yet"</h2>
                                <ul class="list-disc pl-5 text-ink-muted">
                                    {record.missing.into_iter().map(|what| view! { <li>{what}</li> }).collect_view()}
                                </ul>
                            </div>
                        }
                    })}
                <EffectTree record=record.record />
                <details>
                    <summary class="cursor-pointer font-medium">"The data that is played"</summary>
                    <pre tabindex="0" class="mt-2 overflow-x-auto rounded-control bg-sunken p-3 font-mono text-xs">{json}</pre>
                </details>
            </section>
        </div>
        <p class="mt-6 text-xs text-ink-muted">{rules::ATTRIBUTION}</p>
    }
}

/// Ways to the roller, one for each roll of a stat block.
#[component]
fn Rolls(rolls: Vec<RulesRoll>) -> impl IntoView {
    view! {
        <div>
            <h2 class="font-semibold">"Rolls"</h2>
            <ul class="mt-1 flex flex-wrap gap-2">
                {rolls
                    .into_iter()
                    .map(|roll| {
                        let query = url_escape(&roll.roll);
                        view! {
                            <li>
                                <A
                                    href=format!("/roller?roll={query}")
                                    attr:class="block rounded-control border border-line-strong bg-raised px-2.5 py-1 text-sm hover:bg-hover"
                                >
                                    {roll.name}
                                </A>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
}

/// An expression as a part of an address.
fn url_escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
