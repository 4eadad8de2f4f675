//! What stands where there is nothing yet: why, and what to do about it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// An empty list's explanation, with an action inside if there is one.
#[component]
pub(crate) fn EmptyState(
    glyph: Glyph,
    title: &'static str,
    text: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-3 px-6 py-14 text-center">
            <span class="grid size-12 place-items-center rounded-full bg-accent-soft text-accent">
                <Icon glyph class="size-6" />
            </span>
            <h2 class="text-lg font-semibold">{title}</h2>
            <p class="max-w-sm text-ink-muted">{text}</p>
            {children.map(|children| view! { <div class="mt-2">{children()}</div> })}
        </div>
    }
}
