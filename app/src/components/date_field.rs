//! A day, bound to a part of the page's address.

use leptos::prelude::*;

/// A labelled day.
#[component]
pub(crate) fn DateField(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    value: Memo<Option<String>>,
    set: SignalSetter<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col gap-1.5">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <input
                id=id
                type="date"
                class="h-10 rounded-control border border-control-line bg-raised px-3 text-base text-ink"
                prop:value=move || value.get().unwrap_or_default()
                on:change=move |event| {
                    let day = event_target_value(&event);
                    set.set((!day.is_empty()).then_some(day));
                }
            />
        </div>
    }
}
