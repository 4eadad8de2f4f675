//! A part of a page with a heading of its own.

use leptos::prelude::*;

/// A card under a heading. Its actions stand beside the heading.
#[component]
pub(crate) fn Panel(
    /// Unique on the page.
    id: &'static str,
    title: &'static str,
    /// What the part is for, in a sentence.
    #[prop(optional, into)]
    text: Option<&'static str>,
    #[prop(optional)] actions: Option<AnyView>,
    /// Whether what is inside reaches the card's edges, as a table does.
    #[prop(optional)]
    flush: bool,
    children: Children,
) -> impl IntoView {
    let body = if flush { "border-t border-line" } else { "px-4 pb-4 sm:px-5 sm:pb-5" };
    view! {
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-labelledby=id>
            <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3.5 sm:px-5">
                <div class="min-w-0">
                    <h2 id=id class="text-lg font-semibold">
                        {title}
                    </h2>
                    {text.map(|text| view! { <p class="text-sm text-ink-muted">{text}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="flex flex-wrap items-center gap-2">{actions}</div> })}
            </div>
            <div class=body>{children()}</div>
        </section>
    }
}
