//! How a character casts, class by class, and its slots.

use serde::Serialize;

use crate::content::{Class, ClassSpells, Preparation, SpellProgress};
use crate::language::Path;
use crate::{
    Ability, CasterProgress, Id, PactMagic, Ruleset, Slots, pact_magic, prepared_spells, proficiency_bonus,
    spell_slots,
};

use super::{Desk, Value};

/// How a character casts through one class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CasterLine {
    /// The class.
    pub class: Id,
    /// The ability that it casts with.
    pub ability: Ability,
    /// What its targets' saves must reach.
    pub save_dc: Value,
    /// What is added to its attacks with spells.
    pub attack: Value,
    /// Cantrips known.
    pub cantrips: u8,
    /// Spells known, of classes that know a few or keep them in a book.
    pub known: Option<u8>,
    /// Spells prepared a day, of classes that prepare.
    pub prepared: Option<u8>,
    /// The highest level of spells that it learns or prepares.
    pub level_max: u8,
}

impl From<SpellProgress> for CasterProgress {
    fn from(progress: SpellProgress) -> Self {
        match progress {
            SpellProgress::Full => Self::Full,
            SpellProgress::Half => Self::Half,
            SpellProgress::Third => Self::Third,
            SpellProgress::Pact => Self::Pact,
        }
    }
}

impl ClassSpells {
    /// The highest level of spells that the class alone can cast at a level, 0 for none.
    #[must_use]
    pub fn level_max(&self, class_level: u8, ruleset: &Ruleset) -> u8 {
        if self.progress == SpellProgress::Pact {
            return pact_magic(class_level).slot_level;
        }
        let slots = spell_slots(&[(self.progress.into(), class_level)], ruleset);
        slots.iter().rposition(|slots| *slots > 0).map_or(0, |last| last as u8 + 1)
    }

    /// How many spells the class prepares a day, or nothing if it doesn't prepare any.
    #[must_use]
    pub fn prepared(&self, class_level: u8, ability_modifier: i8) -> Option<u8> {
        if self.preparation == Preparation::Known {
            return None;
        }
        let counted = match self.progress {
            SpellProgress::Half => class_level / 2,
            SpellProgress::Third => class_level / 3,
            SpellProgress::Full | SpellProgress::Pact => class_level,
        };
        Some(prepared_spells(counted, ability_modifier))
    }
}

impl Desk<'_> {
    /// How it casts, class by class.
    pub(in crate::character) fn casting(&self, ruleset: &Ruleset) -> Vec<CasterLine> {
        let casters = self.character.classes().filter_map(|class| self.library.class(class));
        casters
            .filter_map(|class| class.spells.as_ref().and_then(|spells| self.caster(class, spells, ruleset)))
            .collect()
    }

    fn caster(&self, class: &Class, spells: &ClassSpells, ruleset: &Ruleset) -> Option<CasterLine> {
        let level = self.character.level_in(class.id);
        let level_max = spells.level_max(level, ruleset);
        if level_max == 0 {
            return None;
        }
        let known = self.known.of_class(Some(class.id));
        let modifier = self.ability_scores().modifier(spells.ability);
        let proficiency = i32::from(proficiency_bonus(self.known.level));
        let number = |expr: &crate::language::expr::Expr| expr.value(&known).clamp(0, 255) as u8;
        let power = Value::default()
            .plus(spells.ability.name(), i32::from(modifier))
            .plus("Proficiency", proficiency);
        let save_dc = Value::of("Base", 8)
            .plus(spells.ability.name(), i32::from(modifier))
            .plus("Proficiency", proficiency);
        Some(CasterLine {
            class: class.id,
            ability: spells.ability,
            save_dc: self.changed(Path::Dc, save_dc),
            attack: power,
            cantrips: spells.cantrips.as_ref().map_or(0, number),
            known: spells.known.as_ref().map(number),
            prepared: spells.prepared(level, modifier),
            level_max,
        })
    }

    /// Spell slots when rested.
    pub(in crate::character) fn slots(&self, ruleset: &Ruleset) -> Slots {
        let levels: Vec<(CasterProgress, u8)> = self
            .known
            .class_levels
            .iter()
            .filter_map(|(class, level)| {
                let spells = self.library.class(*class)?.spells.as_ref()?;
                Some((spells.progress.into(), *level))
            })
            .collect();
        spell_slots(&levels, ruleset)
    }

    /// Slots of pact magic when rested.
    pub(in crate::character) fn pact_magic(&self) -> PactMagic {
        let pact = self.known.class_levels.iter().find_map(|(class, level)| {
            let spells = self.library.class(*class)?.spells.as_ref()?;
            (spells.progress == SpellProgress::Pact).then(|| pact_magic(*level))
        });
        pact.unwrap_or_default()
    }
}
