//! A text that is looked for with every letter, by what stands beside it.

use leptos::prelude::*;

/// A labelled search. What is written counts at once.
#[component]
pub(crate) fn LiveSearch(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    #[prop(optional)] placeholder: &'static str,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col gap-1.5">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <input
                id=id
                type="search"
                maxlength="64"
                autocomplete="off"
                placeholder=placeholder
                class="h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink placeholder:text-ink-faint"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}
