//! The mark: a keep.

use leptos::prelude::*;

/// The mark alone, in the colour of its text.
#[component]
pub(crate) fn Logo(#[prop(default = "size-6")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("shrink-0 {class}") viewBox="0 0 24 24" aria-hidden="true">
            <path fill="currentColor" d="M4 3.5h3.4v2.3h2.9V3.5h3.4v2.3h2.9V3.5H20v5.2l-1.8 2.1V20.5h-4.1v-3.6a2.1 2.1 0 0 0-4.2 0v3.6H5.8v-9.7L4 8.7Z" />
        </svg>
    }
}

/// The mark with the name.
#[component]
pub(crate) fn Wordmark(
    /// Further classes of the name, such as to leave it out where there is no room.
    #[prop(default = "")]
    name_class: &'static str,
) -> impl IntoView {
    view! {
        <span class="flex items-center gap-2.5">
            <Logo class="size-6 text-accent" />
            <span class=format!("font-display text-xl leading-none font-bold tracking-tight {name_class}")>"Realmkeep"</span>
        </span>
    }
}
