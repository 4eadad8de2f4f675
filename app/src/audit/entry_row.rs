//! One deed: who, what, on whom, why, and its particulars on demand.

use api::audit::AuditEntryView;
use leptos::prelude::*;
use leptos_router::components::A;

use super::spoken;
use crate::components::{
    facts::{Fact, Facts},
    identifier::Identifier,
    json_diff::Difference,
    time::Ago,
};

const LINK: &str = "underline decoration-line-strong underline-offset-2 hover:text-ink";

/// An entry of the log.
#[component]
pub(crate) fn EntryRow(entry: AuditEntryView) -> impl IntoView {
    let action = entry.action.clone();
    let actor = match (entry.actor, entry.actor_name.clone()) {
        (Some(id), name) => {
            let name = name.unwrap_or_else(|| id.to_string());
            view! { <A href=format!("/audit?actor={id}") attr:class=LINK><bdi>{name}</bdi></A> }.into_any()
        }
        (None, _) => "the server".into_any(),
    };
    let reason = entry.reason.clone();
    let said = spoken::action(&action);
    view! {
        <li class="px-4 py-3 sm:px-5" data-testid="entry">
            <div class="flex flex-wrap items-baseline justify-between gap-x-4">
                <p class="min-w-0">
                    <A href=format!("/audit?action={action}") attr:class="font-medium underline decoration-line-strong underline-offset-2 hover:text-accent" attr:title=action.clone()>
                        {said}
                    </A>
                    <Subject text=entry.subject.clone() />
                </p>
                <p class="shrink-0 text-sm text-ink-muted">
                    "by " {actor} " · " <Ago at=entry.at />
                </p>
            </div>
            {reason.map(|reason| view! { <p class="mt-0.5 break-words">"“" <bdi>{reason}</bdi> "”"</p> })}
            <Particulars entry />
        </li>
    }
}

/// What it was done to, with the way to it where it has a page.
#[component]
fn Subject(text: String) -> impl IntoView {
    let all = format!("/audit?subject={}", leptos_router::location::Url::escape(&text));
    let (kind, id) = spoken::subject(&text);
    let kind = kind.replace('_', " ");
    let Some(id) = id.map(str::to_owned) else {
        return view! { <span class="ml-2 text-sm text-ink-muted">{kind}</span> }.into_any();
    };
    let page = (kind == "account").then(|| format!("/users/{id}"));
    // The end of a UUIDv7 tells two that were made in the same minute apart.
    let short = id.get(id.len().saturating_sub(12)..).unwrap_or(&id).to_owned();
    view! {
        <span class="ml-2 text-sm text-ink-muted">
            {kind} " "
            <A href=all attr:class="font-mono text-xs underline decoration-line-strong underline-offset-2 hover:text-ink" attr:title=text.clone()>
                "…" {short}
            </A>
            {page.map(|page| view! { " " <A href=page attr:class="text-accent underline underline-offset-2">"Page"</A> })}
        </span>
    }
    .into_any()
}

#[component]
fn Particulars(entry: AuditEntryView) -> impl IntoView {
    let differs = entry.before.is_some() || entry.after.is_some();
    let what = if differs { "What changed" } else { "Particulars" };
    let label = format!("{what}: entry {}", entry.seq);
    let (before, after) = (entry.before.unwrap_or_default(), entry.after.unwrap_or_default());
    let details = entry.details.filter(|details| details.as_object().is_none_or(|fields| !fields.is_empty()));
    let request = entry.request_id.map(|id| id.to_string());
    let events = request.clone().map(|id| format!("/events?request={id}"));
    view! {
        <details class="mt-1.5">
            <summary class="w-fit cursor-pointer text-sm text-accent" aria-label=label>
                {what}
            </summary>
            <div class="mt-2 space-y-3">
                {differs.then(|| view! { <Difference before after /> })}
                {details
                    .map(|details| {
                        let text = serde_json::to_string_pretty(&details).unwrap_or_default();
                        view! {
                            <pre tabindex="0" class="overflow-x-auto rounded-control bg-sunken p-2 font-mono text-xs whitespace-pre-wrap break-all">
                                {text}
                            </pre>
                        }
                    })}
                <Facts>
                    <Fact name="Entry">{entry.seq.to_string()}</Fact>
                    <Fact name="From">{entry.address.unwrap_or_else(|| "within the server".to_owned())}</Fact>
                    {entry.user_agent.map(|agent| view! { <Fact name="Program">{agent}</Fact> })}
                </Facts>
                <div class="grid gap-x-6 sm:grid-cols-2">
                    {request
                        .map(|request| view! { <Identifier label="Request" value=Signal::stored(request) /> })}
                    <Identifier label="Hash" value=Signal::stored(entry.hash) />
                </div>
                {events
                    .map(|events| {
                        view! {
                            <p class="text-sm">
                                <A href=events attr:class="text-accent hover:underline">"Events of the same request"</A>
                            </p>
                        }
                    })}
            </div>
        </details>
    }
}
