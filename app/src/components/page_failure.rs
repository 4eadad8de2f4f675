//! What stands in the place of a page that can't be shown: what is wrong, and the way on.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::icon::{Glyph, Icon};
use crate::Failure;

/// A failure as a whole page, with its own heading, and the way to the list that the page belongs to.
#[component]
pub(crate) fn PageFailure(failure: Failure, back: &'static str, back_label: &'static str) -> impl IntoView {
    let problem = failure.0;
    view! {
        <Title text=problem.title.clone() />
        <section
            role="alert"
            class="mt-3 flex flex-col items-center gap-3 rounded-card border border-line bg-surface px-6 py-14 text-center shadow-low"
        >
            <span class="grid size-12 place-items-center rounded-full bg-bad-soft text-bad">
                <Icon glyph=Glyph::Alert class="size-6" />
            </span>
            <h1 class="font-display text-2xl font-semibold">{problem.title.clone()}</h1>
            <p class="max-w-sm break-words text-ink-muted first-letter:uppercase">{problem.detail}</p>
            {problem
                .request_id
                .map(|id| view! { <p class="font-mono text-xs text-ink-muted">"Request " {id.to_string()}</p> })}
            <A href=back attr:class="mt-1 font-medium text-accent-strong underline underline-offset-4">
                {back_label}
            </A>
        </section>
    }
}
