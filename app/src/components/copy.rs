//! Copying a text with a click.

use leptos::prelude::*;

use super::{
    button::Button,
    icon::{Glyph, Icon},
    toast::{Toasts, use_toasts},
};

/// Puts the text on the clipboard, and says so.
pub(super) fn copy(text: String, toasts: Toasts) {
    leptos::task::spawn_local(async move {
        // Without a secure context there is no clipboard; the text can still be marked by hand.
        let clipboard = window().navigator().clipboard();
        match wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await {
            Ok(_) => toasts.tell("Copied to the clipboard"),
            Err(_) => toasts.warn("The browser refused the clipboard. Mark the text and copy it by hand."),
        }
    });
}

/// A button that copies.
#[component]
pub(crate) fn CopyButton(label: &'static str, #[prop(into)] value: Signal<String>) -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <Button on_click=move |_| copy(value.get_untracked(), toasts)>
            <Icon glyph=Glyph::Copy />
            {label}
        </Button>
    }
}
