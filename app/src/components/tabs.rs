//! Tabs after the ARIA pattern: one tab stop, arrows between them.

use leptos::prelude::*;

/// A tab: what it is called in code, and on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tab<K: 'static> {
    pub(crate) key: K,
    pub(crate) label: &'static str,
    /// The element that it shows.
    pub(crate) panel: &'static str,
}

/// The row of tabs. The panels stand beside it, each with `role="tabpanel"` and the tab's `panel` as its id.
#[component]
pub(crate) fn Tabs<K>(label: &'static str, tabs: &'static [Tab<K>], active: RwSignal<K>) -> impl IntoView
where
    K: Copy + PartialEq + Send + Sync + 'static,
{
    let on_key = move |ev: web_sys::KeyboardEvent| {
        let step = match ev.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => tabs.len() - 1,
            _ => return,
        };
        ev.prevent_default();
        let here = tabs.iter().position(|tab| tab.key == active.get_untracked()).unwrap_or(0);
        let next = &tabs[(here + step) % tabs.len()];
        active.set(next.key);
        if let Some(element) = document().get_element_by_id(&tab_id(next.panel)) {
            use wasm_bindgen::JsCast;
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! {
        <div role="tablist" aria-label=label class="flex gap-1 border-b border-line px-2" on:keydown=on_key>
            {tabs
                .iter()
                .map(|tab| {
                    let selected = move || active.get() == tab.key;
                    view! {
                        <button
                            type="button"
                            role="tab"
                            id=tab_id(tab.panel)
                            aria-controls=tab.panel
                            aria-selected=move || if selected() { "true" } else { "false" }
                            tabindex=move || if selected() { "0" } else { "-1" }
                            class="-mb-px border-b-2 border-transparent px-2.5 py-2.5 text-base font-medium text-ink-muted \
                                   hover:text-ink aria-selected:border-accent aria-selected:text-ink"
                            on:click=move |_| active.set(tab.key)
                        >
                            {tab.label}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// The id of the tab that shows `panel`.
pub(crate) fn tab_id(panel: &str) -> String {
    format!("{panel}-tab")
}
