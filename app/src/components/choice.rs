//! One of several, bound to a part of the page's address.

use leptos::prelude::*;

/// What can be chosen. An empty value is no choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alternative {
    pub(crate) value: &'static str,
    pub(crate) label: &'static str,
}

/// A labelled choice.
#[component]
pub(crate) fn Choice(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    options: &'static [Alternative],
    value: Memo<Option<String>>,
    set: SignalSetter<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col gap-1.5">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <select
                id=id
                class="h-10 rounded-control border border-control-line bg-raised px-3 text-base text-ink"
                on:change=move |event| {
                    let chosen = event_target_value(&event);
                    set.set((!chosen.is_empty()).then_some(chosen));
                }
            >
                {options
                    .iter()
                    .map(|option| {
                        let selected = move || value.with(|value| value.as_deref().unwrap_or_default() == option.value);
                        view! {
                            <option value=option.value selected=selected prop:selected=selected>
                                {option.label}
                            </option>
                        }
                    })
                    .collect_view()}
                // An address may say what the list does not offer.
                {move || {
                    let is_offered = |value: &String| options.iter().any(|option| option.value == value);
                    value
                        .get()
                        .filter(|value| !is_offered(value))
                        .map(|value| {
                            let label = value.clone();
                            view! {
                                <option value=value selected=true prop:selected=true>
                                    {label}
                                </option>
                            }
                        })
                }}
            </select>
        </div>
    }
}
