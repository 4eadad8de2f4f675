//! Choosing one of several, and doing something with it at once.

use api::character::Named;
use leptos::prelude::*;

use crate::components::button::Button;

pub(super) const SELECT: &str =
    "h-9 w-full min-w-0 rounded-control border border-control-line bg-raised px-2.5 text-base text-ink";

/// A list of names with a button.
#[component]
pub(super) fn PickOne(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    options: Vec<Named>,
    /// The verb on the button.
    verb: &'static str,
    #[prop(into)] busy: Signal<bool>,
    picked: Callback<String>,
) -> impl IntoView {
    let chosen = RwSignal::new(options.first().map(|option| option.id.clone()).unwrap_or_default());
    let is_empty = options.is_empty();
    view! {
        <div>
            <label for=id.clone() class="mb-1 block text-sm font-medium">
                {label}
            </label>
            <div class="flex gap-2">
                <select id=id class=SELECT on:change=move |event| chosen.set(event_target_value(&event))>
                    {options
                        .into_iter()
                        .map(|option| view! { <option value=option.id>{option.name}</option> })
                        .collect_view()}
                </select>
                <Button busy disabled=is_empty on_click=move |_| picked.run(chosen.get_untracked())>
                    {verb}
                </Button>
            </div>
        </div>
    }
}
