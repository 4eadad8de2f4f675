//! What is known of a thing, fact by fact.

use leptos::prelude::*;

/// A list of [`Fact`]s, in as many columns as there is room for.
#[component]
pub(crate) fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-3">{children()}</dl> }
}

/// A fact with its name.
#[component]
pub(crate) fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="min-w-0">
            <dt class="text-xs font-medium text-ink-muted">{name}</dt>
            <dd class="mt-0.5 break-words">{children()}</dd>
        </div>
    }
}
