//! Yes or no.

use leptos::prelude::*;

/// A box to tick, with its label and what it means.
#[component]
pub(crate) fn CheckBox(
    #[prop(into)] label: String,
    #[prop(optional, into)] text: Option<String>,
    #[prop(into)] checked: Signal<bool>,
    changed: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="flex items-start gap-2.5">
            <input
                type="checkbox"
                class="mt-0.5 size-4 shrink-0 accent-accent"
                prop:checked=checked
                on:change=move |event| changed.run(event_target_checked(&event))
            />
            <span class="min-w-0">
                <span class="font-medium">{label}</span>
                {text.map(|text| view! { <span class="block text-sm text-ink-muted">{text}</span> })}
            </span>
        </label>
    }
}
