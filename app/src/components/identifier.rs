//! A UUID or a hash: shown whole on demand, copied with a click.

use leptos::prelude::*;

use super::{
    icon::{Glyph, Icon},
    toast::use_toasts,
};

/// A labelled identifier with a copy button.
#[component]
pub(crate) fn Identifier(label: &'static str, #[prop(into)] value: Signal<String>) -> impl IntoView {
    let toasts = use_toasts();
    let copy = move |_| {
        let text = value.get_untracked();
        leptos::task::spawn_local(async move {
            // Without a secure context there is no clipboard; the text can still be marked by hand.
            let clipboard = window().navigator().clipboard();
            match wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await {
                Ok(_) => toasts.tell("Copied to the clipboard"),
                Err(_) => {
                    toasts.warn("The browser refused the clipboard. Mark the text and copy it by hand.");
                }
            }
        });
    };
    view! {
        <div class="flex items-center justify-between gap-2 py-1">
            <div class="min-w-0">
                <p class="text-2xs font-medium text-ink-faint">{label}</p>
                <p class="truncate font-mono text-xs select-all" title=value>
                    {value}
                </p>
            </div>
            <button
                type="button"
                class="grid size-7 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
                aria-label=format!("Copy {label}")
                on:click=copy
            >
                <Icon glyph=Glyph::Copy class="size-3.5" />
            </button>
        </div>
    }
}
