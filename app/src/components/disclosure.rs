//! A summary and what unfolds from it. The browser opens it, so it works before the script is there, and without.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, Node};

/// A disclosure. It closes by Escape, when the focus goes elsewhere, and when another page is opened.
#[component]
pub(crate) fn Disclosure(
    /// What a screen reader says of the summary.
    #[prop(into)]
    label: String,
    /// The summary's look.
    summary_class: &'static str,
    summary: AnyView,
    #[prop(default = "relative")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<leptos::html::Details>::new();
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    };
    let page = use_location().pathname;
    Effect::new(move |_| {
        page.track();
        close();
    });
    let leave = move |event: FocusEvent| {
        let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        let inside = details.get_untracked().is_some_and(|details| details.contains(next.as_ref()));
        if next.is_some() && !inside {
            close();
        }
    };
    view! {
        <details
            class=class
            node_ref=details
            on:keydown=move |event| if event.key() == "Escape" { close() }
            on:focusout=leave
        >
            <summary class=format!("list-none [&::-webkit-details-marker]:hidden {summary_class}") aria-label=label>
                {summary}
            </summary>
            {children()}
        </details>
    }
}
