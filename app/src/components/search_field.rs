//! A text that is looked for, bound to a part of the page's address.

use leptos::prelude::*;

/// A labelled search. What is written counts when it is sent or left.
#[component]
pub(crate) fn SearchField(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    placeholder: &'static str,
    value: Memo<Option<String>>,
    set: SignalSetter<Option<String>>,
) -> impl IntoView {
    let take = move |text: String| {
        let text = text.trim().to_owned();
        let given = (!text.is_empty()).then_some(text);
        if value.get_untracked() != given {
            set.set(given);
        }
    };
    view! {
        <div class="flex min-w-48 grow flex-col gap-1.5 sm:max-w-80">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <input
                id=id
                type="search"
                placeholder=placeholder
                maxlength="128"
                autocomplete="off"
                class="h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink placeholder:text-ink-faint"
                prop:value=move || value.get().unwrap_or_default()
                on:change=move |event| take(event_target_value(&event))
            />
        </div>
    }
}
