//! Doing something to the character of a page: one deed at a time, its outcome shown and told.

use api::{CharacterId, character::CharacterRecord};
use leptos::prelude::*;

use crate::{
    Failure,
    components::{
        reason_dialog::{SAY_WHY, is_reason},
        text_area::TextArea,
        toast::{Toasts, use_toasts},
    },
};

/// The reason that somebody else's character is changed for.
#[derive(Clone, Copy)]
struct Why {
    reason: RwSignal<String>,
    /// Something was tried without one.
    is_missed: RwSignal<bool>,
}

/// The character of a page, and what is going on with it.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    /// The character as it is now.
    pub(super) record: RwSignal<CharacterRecord>,
    /// A deed is on its way.
    pub(super) busy: RwSignal<bool>,
    /// Why it is changed; nobody asks that of whoever changes their own.
    why: Option<Why>,
    toasts: Toasts,
}

impl Deeds {
    /// `is_own` says whether it is the viewer's own character.
    pub(super) fn new(record: CharacterRecord, is_own: bool) -> Self {
        let why =
            (!is_own).then(|| Why { reason: RwSignal::new(String::new()), is_missed: RwSignal::new(false) });
        Self { record: RwSignal::new(record), busy: RwSignal::new(false), why, toasts: use_toasts() }
    }

    /// Whether it is somebody else's character, which is changed for a reason.
    pub(super) const fn asks_why(self) -> bool {
        self.why.is_some()
    }

    /// What the viewer gave as the reason, where there has to be one.
    pub(super) fn reason(self) -> Option<String> {
        self.why.map(|why| why.reason.get_untracked().trim().to_owned())
    }

    pub(super) fn character(self) -> CharacterId {
        self.record.with_untracked(|record| record.id)
    }

    /// Waits for the deed, shows what came of it, and says `done`. A refusal is told in the rules' own words.
    pub(super) fn carry_out(
        self,
        done: impl FnOnce(&CharacterRecord) -> String + 'static,
        deed: impl Future<Output = Result<CharacterRecord, Failure>> + 'static,
    ) {
        if self.busy.get_untracked() || !self.has_reason() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            match deed.await {
                Ok(record) => {
                    self.toasts.tell(done(&record));
                    // The page may be closed when the answer comes.
                    let _ = self.record.try_set(record);
                }
                Err(failure) => self.toasts.warn(failure.0.detail),
            }
            let _ = self.busy.try_set(false);
        });
    }

    /// Whether nothing is missing; else says so, where the reason belongs.
    fn has_reason(self) -> bool {
        let Some(why) = self.why else { return true };
        let given = why.reason.with_untracked(|reason| is_reason(reason));
        why.is_missed.set(!given);
        if !given {
            self.toasts.warn(SAY_WHY);
        }
        given
    }
}

/// Asks once for the reason of all that is changed on the page.
#[component]
pub(super) fn Reason(deeds: Deeds) -> impl IntoView {
    let error = move |why: Why| {
        Signal::derive(move || {
            let missing = why.is_missed.get() && !is_reason(&why.reason.read());
            missing.then(|| SAY_WHY.to_owned())
        })
    };
    deeds.why.map(|why| {
        view! {
            <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="Reason">
                <p class="mb-3 text-sm text-ink-muted">"This is somebody else’s character: say why you change it."</p>
                <TextArea
                    id="why"
                    label="Why"
                    max_length=500
                    hint="The audit log keeps it, with all that you change here."
                    error=error(why)
                    value=why.reason
                />
            </section>
        }
    })
}
