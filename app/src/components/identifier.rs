//! A UUID or a hash: shown whole on demand, copied with a click.

use leptos::prelude::*;

use super::{
    copy::copy,
    icon::{Glyph, Icon},
    toast::use_toasts,
};

/// A labelled identifier with a copy button.
#[component]
pub(crate) fn Identifier(
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    /// Whether it stands there in full, over as many lines as it takes.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let shape = if whole { "break-all text-sm" } else { "truncate text-xs" };
    let toasts = use_toasts();
    view! {
        <div class="flex min-w-0 items-center justify-between gap-2 py-1">
            <div class="min-w-0">
                <p class="text-2xs font-medium text-ink-faint">{label}</p>
                <p class=format!("font-mono select-all {shape}") title=value>
                    {value}
                </p>
            </div>
            <button
                type="button"
                class="grid size-7 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
                aria-label=format!("Copy {label}")
                on:click=move |_| copy(value.get_untracked(), toasts)
            >
                <Icon glyph=Glyph::Copy class="size-3.5" />
            </button>
        </div>
    }
}
