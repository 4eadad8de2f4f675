//! The mark: a keep.

use leptos::prelude::*;

/// The mark alone, in the colour of its text.
#[component]
pub(crate) fn Logo(#[prop(default = "size-6")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("shrink-0 {class}") viewBox="0 0 24 24" aria-hidden="true">
            <path
                fill="currentColor"
                fill-rule="evenodd"
                d="M4 21V8.5L6.6 10.2 8.8 6.2 12 3.500l3.2 2.7 2.2 4L20 8.500V21Zm5.5 0h5v-4.300a2.5 2.5 0 0 0-5 0Z"
            />
        </svg>
    }
}

/// The mark with the name.
#[component]
pub(crate) fn Wordmark() -> impl IntoView {
    view! {
        <span class="flex items-center gap-2.5">
            <Logo class="size-6 text-accent" />
            <span class="font-display text-xl leading-none font-bold tracking-tight">"Realmkeep"</span>
        </span>
    }
}
