//! Doing something to the character of a page: one deed at a time, its outcome shown and told.

use api::{CharacterId, character::CharacterRecord};
use leptos::prelude::*;

use crate::{
    Failure,
    components::toast::{Toasts, use_toasts},
};

/// The character of a page, and what is going on with it.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    /// The character as it is now.
    pub(super) record: RwSignal<CharacterRecord>,
    /// A deed is on its way.
    pub(super) busy: RwSignal<bool>,
    toasts: Toasts,
}

impl Deeds {
    pub(super) fn new(record: CharacterRecord) -> Self {
        Self { record: RwSignal::new(record), busy: RwSignal::new(false), toasts: use_toasts() }
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
        if self.busy.get_untracked() {
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
}
