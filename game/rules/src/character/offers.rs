//! What a character may still choose, and among what: for whoever builds one, and for telling what would have been allowed.

use crate::Id;
use crate::content::{Feature, Library, Spell, TraitUse};

use super::{CasterLine, Character, OpenPick, sheet::Desk};

impl Character {
    /// Everything that may be picked at a place, in order of id; what is picked there already is among it.
    #[must_use]
    pub fn offers(&self, library: &Library, pick: &OpenPick<'_>) -> Vec<Id> {
        let spells = library.spells().iter().map(|spell| spell.id).filter(|_| pick.spell_level.is_some());
        let offered = pick.features.iter().chain(pick.words).copied().chain(spells);
        offered.filter(|id| self.may_pick(library, pick, *id)).collect()
    }

    /// What is picked at a place.
    #[must_use]
    pub fn picked_at(&self, pick: &OpenPick<'_>) -> &[Id] {
        self.chosen(pick.of, pick.number)
    }

    /// The spells that a class of the character may learn or prepare; its cantrips, if those are asked for.
    #[must_use]
    pub fn spells_on_offer<'a>(
        &self,
        library: &'a Library,
        line: &CasterLine,
        cantrips: bool,
    ) -> Vec<&'a Spell> {
        let fits = |spell: &&Spell| {
            (spell.level == 0) == cantrips
                && spell.level <= line.level_max
                && self.on_list(library, line.class, spell)
        };
        library.spells().iter().filter(fits).collect()
    }

    /// How many skills its classes give, all together.
    #[must_use]
    pub fn skills_allowed(&self, library: &Library) -> usize {
        self.skill_offers(library).iter().map(|(count, _)| count).sum()
    }

    /// Feats that it may take for an improvement.
    #[must_use]
    pub fn feats_on_offer(&self, library: &Library) -> Vec<Id> {
        let known = Desk::new(self, library).known;
        let feats = library.features().iter().filter(|feature| {
            is_feat(library, feature)
                && !known.features.contains(&feature.id)
                && feature.requires.as_ref().is_none_or(|requires| self.fulfils(library, requires))
        });
        feats.map(|feature| feature.id).collect()
    }
}

/// Whether a feature is a feat: nobody gives it, nothing else lets one pick it, and no monster is born with it.
pub(super) fn is_feat(library: &Library, feature: &Feature) -> bool {
    let id = feature.id;
    let is_picked = || {
        let picks = library.features().iter().flat_map(|feature| &feature.picks);
        picks.into_iter().any(|pick| pick.features.contains(&id))
    };
    let is_inborn = || {
        let traits = library.monsters().iter().flat_map(|monster| &monster.traits);
        traits.into_iter().any(|one| matches!(one, TraitUse::Shared(shared) if *shared == id))
    };
    feature.of.is_empty() && !is_picked() && !is_inborn()
}
