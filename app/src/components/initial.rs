//! The first letter of a name in a circle, to find a person again by.

use leptos::prelude::*;

/// Decoration beside the name itself.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(crate) fn Initial(
    name: String,
    #[prop(default = "size-8 text-sm")] class: &'static str,
) -> impl IntoView {
    let letter = name.chars().find(|c| c.is_alphanumeric()).unwrap_or('?').to_uppercase().to_string();
    view! {
        <span
            class=format!("grid shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-strong {class}")
            aria-hidden="true"
        >
            {letter}
        </span>
    }
}
