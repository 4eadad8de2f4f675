//! Buttons.

use leptos::{ev::MouseEvent, prelude::*};

/// How much a button asks for attention. A view has at most one primary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    Primary,
    #[default]
    Secondary,
    Quiet,
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "bg-accent text-on-accent hover:bg-accent-strong border-transparent",
            Self::Secondary => "bg-raised text-ink border-line-strong hover:bg-hover",
            Self::Quiet => "bg-transparent text-ink-muted border-transparent hover:bg-hover hover:text-ink",
            Self::Danger => "bg-bad text-on-bad border-transparent hover:brightness-110",
        }
    }
}

/// A button. Other attributes are set where it is used, but for `on:click`: a listener that is spread onto a component outlives
/// its row when a list is drawn anew, and would do to the new row what was meant for the old one.
#[component]
pub(crate) fn Button(
    #[prop(optional)] kind: ButtonKind,
    /// Whether it sends the form that it stands in.
    #[prop(optional)]
    submits: bool,
    /// Whether what it started still runs: it can't be pressed again, and says so.
    #[prop(optional, into)]
    busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Only an icon inside: square. Give it an `aria-label`.
    #[prop(optional)]
    icon_only: bool,
    /// What pressing it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    children: Children,
) -> impl IntoView {
    let shape = if icon_only { "size-9" } else { "h-9 px-3.5" };
    view! {
        <button
            type=if submits { "submit" } else { "button" }
            class=format!(
                "inline-flex items-center justify-center gap-2 rounded-control border text-base font-medium whitespace-nowrap \
                 transition-colors duration-(--quick) disabled:opacity-55 {shape} {}",
                kind.class(),
            )
            disabled=move || busy.get() || disabled.get()
            on:click=move |event| {
                if let Some(pressed) = on_click {
                    pressed.run(event);
                }
            }
            aria-busy=move || busy.get().then_some("true")
        >
            {children()}
        </button>
    }
}
