//! A message within a page: what is wrong and what to do.

use leptos::prelude::*;

use super::{
    badge::Tone,
    icon::{Glyph, Icon},
};
use crate::Failure;

/// A message in its tone. It is announced when it appears.
#[component]
pub(crate) fn Notice(
    tone: Tone,
    #[prop(into)] title: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let glyph = if matches!(tone, Tone::Good) { Glyph::Check } else { Glyph::Alert };
    view! {
        <div role=if tone == Tone::Bad { "alert" } else { "status" } class=format!("flex gap-3 rounded-control px-3.5 py-3 {}", tone.soft())>
            <Icon glyph class="mt-0.5 size-4" />
            <div class="min-w-0 text-base">
                <p class="font-medium">{title}</p>
                {children.map(|children| view! { <div class="mt-0.5 text-ink-muted">{children()}</div> })}
            </div>
        </div>
    }
}

/// A failed request, with the id under which the server's logs tell more.
#[component]
pub(crate) fn FailureNotice(failure: Failure, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let problem = failure.0;
    view! {
        <Notice tone=Tone::Bad title=problem.title>
            <p class="break-words first-letter:uppercase">{problem.detail}</p>
            {problem.request_id.map(|id| view! { <p class="mt-1 font-mono text-xs">"Request " {id.to_string()}</p> })}
            {children.map(|children| view! { <div class="mt-2">{children()}</div> })}
        </Notice>
    }
}
