//! What all steps of the builder share: the content, the draft, and what it comes to.

use api::character::CharacterSheet;
use leptos::prelude::*;
use rules::content::Library;

use super::draft::{Draft, Outcome, RULESET};

/// The draft on the bench.
#[derive(Clone, Copy)]
pub(super) struct Workbench {
    pub(super) library: &'static Library,
    pub(super) draft: RwSignal<Draft>,
    /// The character as it would come out, and what the rules refuse.
    pub(super) outcome: Memo<Outcome>,
    pub(super) sheet: Memo<CharacterSheet>,
}

impl Workbench {
    pub(super) fn new(library: &'static Library, draft: Draft) -> Self {
        let draft = RwSignal::new(draft);
        let outcome = Memo::new(move |_| draft.with(|draft| draft.outcome(library)));
        let sheet = Memo::new(move |_| {
            outcome.with(|outcome| CharacterSheet::of(&outcome.character, library, &RULESET))
        });
        Self { library, draft, outcome, sheet }
    }

    /// Changes the draft.
    pub(super) fn change(self, change: impl FnOnce(&mut Draft, &'static Library)) {
        self.draft.update(|draft| change(draft, self.library));
    }

    /// What of the draft is shown, anew only when it is another.
    pub(super) fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Draft) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.draft.with(&read))
    }
}
