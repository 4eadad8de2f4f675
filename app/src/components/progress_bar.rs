//! How far something has come.

use leptos::prelude::*;

/// A bar with its numbers. A `total` of 0 means that nobody knows yet.
#[component]
pub(crate) fn ProgressBar(
    label: String,
    #[prop(into)] done: Signal<u64>,
    #[prop(into)] total: Signal<u64>,
) -> impl IntoView {
    let share = move || if total.get() == 0 { 0.0 } else { done.get() as f64 / total.get() as f64 };
    view! {
        <div class="flex items-center gap-3">
            <div
                role="progressbar"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax=move || total.get().to_string()
                aria-valuenow=move || (total.get() > 0).then(|| done.get().to_string())
                class="h-1.5 min-w-16 flex-1 overflow-hidden rounded-full bg-line"
            >
                <div
                    class="h-full rounded-full bg-accent transition-[width] duration-300"
                    style:width=move || format!("{:.2}%", share() * 100.0)
                ></div>
            </div>
            <span class="figure w-11 text-right text-sm text-ink-muted">
                {move || if total.get() == 0 { "–".to_owned() } else { format!("{:.0} %", (share() * 100.0).floor()) }}
            </span>
        </div>
    }
}
