//! A driver's settings to be filled in.

use api::infrastructure::DriverView;
use leptos::prelude::*;
use serde_json::Value;

use super::settings::{self, Field, Shape};

/// A field with what stands in it.
pub(crate) type Filled = (Field, RwSignal<String>);

/// The fields of a driver, filled with present settings where they have the same names.
pub(crate) fn fill(driver: &DriverView, present: &Value) -> Vec<Filled> {
    let filled = |field: Field| {
        let text = settings::shown(&field, present);
        (field, RwSignal::new(text))
    };
    settings::fields(&driver.schema).into_iter().map(filled).collect()
}

/// The settings that stand in the fields now.
pub(crate) fn read(fields: &[Filled]) -> Value {
    settings::settings(fields.iter().map(|(field, text)| (field.clone(), text.get_untracked())))
}

/// The fields.
#[component]
pub(crate) fn SettingsForm(fields: Vec<Filled>) -> impl IntoView {
    if fields.is_empty() {
        return view! { <p class="text-sm text-ink-muted">"This driver has no settings."</p> }.into_any();
    }
    fields.into_iter().map(|(field, text)| view! { <Setting field text /> }).collect_view().into_any()
}

const INPUT: &str = "h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink placeholder:text-ink-faint";

#[component]
fn Setting(field: Field, text: RwSignal<String>) -> impl IntoView {
    let id = format!("setting-{}", field.name());
    let note = format!("{id}-note");
    let (label, is_required) = (field.label(), field.is_required);
    let placeholder = match field.shape {
        Shape::Addresses => "redis://host:6379",
        Shape::Secret => "env:NAME or file:/path",
        _ => "",
    };
    let mode = (field.shape == Shape::Number).then_some("numeric");
    if field.shape == Shape::Choice {
        return view! {
            <label class="flex items-start gap-3">
                <input
                    type="checkbox"
                    id=id
                    class="mt-1 size-4 accent-accent"
                    prop:checked=move || text.with(|text| text == "true")
                    on:change=move |event| text.set(if event_target_checked(&event) { "true" } else { "" }.to_owned())
                />
                <span>
                    <span class="text-sm font-medium">{label}</span>
                    <span class="block text-sm text-ink-muted">{field.hint}</span>
                </span>
            </label>
        }
        .into_any();
    }
    view! {
        <div class="flex flex-col gap-1.5">
            <label for=id.clone() class="text-sm font-medium">
                {label}
            </label>
            <input
                id=id
                type="text"
                inputmode=mode
                autocomplete="off"
                spellcheck="false"
                required=is_required
                placeholder=placeholder
                aria-describedby=note.clone()
                class=INPUT
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <p id=note class="text-sm text-ink-muted">{field.hint}</p>
        </div>
    }
    .into_any()
}
