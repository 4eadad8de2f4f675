//! Several lines of text with a label.

use leptos::prelude::*;

/// A labelled text of several lines. Its value is bound and never a child: children of a text area are not escaped.
#[component]
pub(crate) fn TextArea(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    /// Longest value, in characters.
    max_length: u32,
    #[prop(optional, into)] hint: Option<&'static str>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    value: RwSignal<String>,
) -> impl IntoView {
    let note = format!("{id}-note");
    let described_by = note.clone();
    let has_note = move || hint.is_some() || error.read().is_some();
    view! {
        <div class="flex flex-col gap-1.5">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <textarea
                id=id
                rows="3"
                maxlength=max_length.to_string()
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || has_note().then(|| described_by.clone())
                class="w-full resize-y rounded-control border border-control-line bg-raised px-3 py-2 text-base text-ink \
                       placeholder:text-ink-faint aria-invalid:border-bad"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
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
