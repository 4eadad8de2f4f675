//! One of several in a form, where the alternatives are known only when the page is there.

use leptos::prelude::*;

/// A labelled choice among pairs of value and label.
#[component]
pub(crate) fn SelectField(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    #[prop(optional, into)] hint: Option<&'static str>,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col gap-1.5">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <select
                id=id
                class="h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink"
                on:change=move |event| value.set(event_target_value(&event))
            >
                {options
                    .into_iter()
                    .map(|(name, label)| {
                        let known = name.clone();
                        let selected = move || value.with(|value| *value == known);
                        view! {
                            <option value=name selected=selected.clone() prop:selected=selected>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            {hint.map(|hint| view! { <p class="text-sm text-ink-muted">{hint}</p> })}
        </div>
    }
}
