//! A labelled input with its hint and its error.

use leptos::prelude::*;

/// What a text field holds and how it is filled in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// The input's `type`; text if absent.
    pub(crate) kind: Option<&'static str>,
    /// The input's `autocomplete`.
    pub(crate) autocomplete: Option<&'static str>,
    /// The input's `inputmode`.
    pub(crate) mode: Option<&'static str>,
    /// Whether it must be filled in.
    pub(crate) required: bool,
    /// Longest value, in characters.
    pub(crate) max_length: Option<u32>,
}

/// One line of text with a label. `error` replaces `hint` and marks the input.
#[component]
pub(crate) fn TextField(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    /// Name in the form that it is sent with.
    name: &'static str,
    #[prop(optional)] entry: Entry,
    #[prop(optional, into)] hint: Option<&'static str>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] value: Option<RwSignal<String>>,
) -> impl IntoView {
    let note = format!("{id}-note");
    let described_by = note.clone();
    let has_note = move || hint.is_some() || error.read().is_some();
    view! {
        <div class="flex flex-col gap-1.5">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <input
                id=id
                name=name
                type=entry.kind.unwrap_or("text")
                autocomplete=entry.autocomplete
                inputmode=entry.mode
                required=entry.required
                maxlength=entry.max_length.map(|n| n.to_string())
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || has_note().then(|| described_by.clone())
                class="h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink \
                       placeholder:text-ink-faint aria-invalid:border-bad"
                prop:value=move || value.map(|v| v.get())
                on:input=move |ev| if let Some(value) = value { value.set(event_target_value(&ev)) }
            />
            <p
                id=note
                class="text-sm first-letter:uppercase"
                class:hidden=move || !has_note()
                class:text-bad=move || error.read().is_some()
                class:text-ink-muted=move || error.read().is_none()
            >
                {move || error.get().or_else(|| hint.map(str::to_owned))}
            </p>
        </div>
    }
}
