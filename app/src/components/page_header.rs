//! The head of a page: its title, a sentence, and its actions.

use leptos::prelude::*;
use leptos_meta::Title;

/// Sets the document's title, too.
#[component]
pub(crate) fn PageHeader(
    title: &'static str,
    text: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title text=title />
        <div class="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
            <div class="min-w-0">
                <h1 class="font-display text-2xl font-semibold">{title}</h1>
                <p class="mt-0.5 text-ink-muted">{text}</p>
            </div>
            {children.map(|children| view! { <div class="flex items-center gap-2">{children()}</div> })}
        </div>
    }
}
