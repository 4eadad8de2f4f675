//! Short messages at the edge of the screen, for what was just done.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    badge::Tone,
    icon::{Glyph, Icon},
};

/// How long a good message stays. A bad one stays until it is dismissed.
const GOOD_STAYS: Duration = Duration::from_secs(5);

#[derive(Clone, Debug)]
struct Toast {
    number: u32,
    tone: Tone,
    text: String,
}

/// Where components leave their messages.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
}

impl Toasts {
    /// Says that something went well.
    pub(crate) fn tell(self, text: impl Into<String>) {
        let number = self.push(Tone::Good, text.into());
        set_timeout(move || self.dismiss(number), GOOD_STAYS);
    }

    /// Says that something did not.
    pub(crate) fn warn(self, text: impl Into<String>) {
        self.push(Tone::Bad, text.into());
    }

    fn push(self, tone: Tone, text: String) -> u32 {
        let number = self.count.get_value();
        self.count.set_value(number.wrapping_add(1));
        self.shown.update(|shown| shown.push(Toast { number, tone, text }));
        number
    }

    fn dismiss(self, number: u32) {
        // The page may be gone when the time is up.
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// The place to leave messages at.
pub(crate) fn use_toasts() -> Toasts {
    expect_context()
}

/// Shows the messages of everything inside it.
#[component]
pub fn Toaster(children: Children) -> impl IntoView {
    let toasts = Toasts { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0) };
    provide_context(toasts);
    view! {
        {children()}
        <div
            role="status"
            aria-live="polite"
            class="pointer-events-none fixed inset-x-4 bottom-20 z-50 flex flex-col items-end gap-2 md:right-6 md:bottom-6 md:left-auto"
        >
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <div class="toast pointer-events-auto flex w-full items-start gap-3 rounded-control border border-line bg-raised py-2.5 pr-2 pl-3.5 shadow-high md:w-96">
                    <span class=if toast.tone == Tone::Bad { "mt-0.5 text-bad" } else { "mt-0.5 text-good" }>
                        <Icon glyph=if toast.tone == Tone::Bad { Glyph::Alert } else { Glyph::Check } />
                    </span>
                    <p class="min-w-0 flex-1 break-words">{toast.text}</p>
                    <button
                        type="button"
                        class="grid size-6 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
                        aria-label="Dismiss"
                        on:click=move |_| toasts.dismiss(toast.number)
                    >
                        <Icon glyph=Glyph::Close class="size-3.5" />
                    </button>
                </div>
            </For>
        </div>
    }
}
