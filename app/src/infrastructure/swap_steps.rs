//! The steps of a swap, and the one that it stands at.

use leptos::prelude::*;

/// The steps as the server names them, and what people read.
const STEPS: [(&str, &str); 7] = [
    ("validate", "Check the settings"),
    ("build", "Make the new driver"),
    ("probe", "Ask it"),
    ("move", "Bring along what is kept"),
    ("switch", "Switch"),
    ("drain", "Let the old one finish"),
    ("close", "Close the old one"),
];

/// The list of steps. Before the current one all are done; none is current when nothing is under way.
#[component]
pub(crate) fn SwapSteps(#[prop(into)] current: Signal<String>) -> impl IntoView {
    let at = Memo::new(move |_| STEPS.iter().position(|(name, _)| *name == *current.read()));
    let steps = STEPS.into_iter().enumerate().map(move |(number, (_, label))| {
        let is_current = move || at.get() == Some(number);
        let is_done = move || at.get().is_some_and(|at| number < at);
        view! {
            <li
                class="flex items-center gap-2 text-sm"
                class:text-ink-muted=move || !is_current()
                class:font-medium=is_current
                aria-current=move || is_current().then_some("step")
            >
                <span
                    class="size-2 rounded-full"
                    class:bg-good=is_done
                    class:bg-accent=is_current
                    class:live-dot=is_current
                    class:bg-line-strong=move || !is_done() && !is_current()
                    aria-hidden="true"
                ></span>
                {label}
            </li>
        }
    });
    view! { <ol class="space-y-1.5" aria-label="Steps of the swap">{steps.collect_view()}</ol> }
}
