//! The second step of the sign-in: the code.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::field::{Entry, TextField};

/// Asks for the authenticator's digits or a recovery code.
#[component]
pub(crate) fn CodeStep(
    /// Whether e-mail and password are kept out of sight.
    second_step: RwSignal<bool>,
    /// Leads back to them.
    back: Callback<()>,
) -> impl IntoView {
    view! {
        <TextField
            id="code"
            label="Code of your second factor"
            name="code"
            hint="The six digits of your authenticator, or a recovery code."
            entry=Entry {
                autocomplete: Some("one-time-code"),
                required: true,
                max_length: Some(32),
                ..Entry::default()
            }
        />
        <Show when=move || second_step.get()>
            <button
                type="button"
                class="self-start text-sm font-medium text-accent hover:underline"
                on:click=move |_| back.run(())
            >
                "Sign in as somebody else"
            </button>
        </Show>
    }
}

/// Moves the focus to a field, once it is there.
pub(super) fn reach_for(id: &'static str) {
    request_animation_frame(move || {
        let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlElement>().ok());
        if let Some(field) = field {
            // A field that takes no focus keeps it where it was.
            let _ = field.focus();
        }
    });
}
