//! A short state in its colour. The text says it too: colour alone tells nothing to those who can't see it.

use leptos::prelude::*;

/// What a state means to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    #[default]
    Neutral,
    Good,
    Warn,
    Bad,
    Info,
}

impl Tone {
    /// Soft ground with the tone's readable text.
    pub(crate) const fn soft(self) -> &'static str {
        match self {
            Self::Neutral => "bg-sunken text-ink-muted",
            Self::Good => "bg-good-soft text-good",
            Self::Warn => "bg-warn-soft text-warn",
            Self::Bad => "bg-bad-soft text-bad",
            Self::Info => "bg-info-soft text-info",
        }
    }
}

/// A pill with a dot and a word or two.
#[component]
pub(crate) fn Badge(
    #[prop(into)] tone: Signal<Tone>,
    /// Whether the dot breathes: something is going on.
    #[prop(optional, into)]
    lively: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <span class=move || {
            format!(
                "inline-flex w-fit items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap {}",
                tone.get().soft(),
            )
        }>
            <span class="size-1.5 rounded-full bg-current" class:live-dot=lively aria-hidden="true"></span>
            {children()}
        </span>
    }
}
