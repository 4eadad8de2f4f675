//! Where a character may pick, how much, and among what.

use crate::Id;
use crate::content::{FeaturePick, Library};
use crate::language::expr::Expr;

use super::{Character, HeldFeature, facts::Known, sheet::Desk};

/// A place where a character picks.
#[derive(Clone, Copy, Debug)]
pub struct OpenPick<'a> {
    /// The race, class, background or feature that lets one pick.
    pub of: Id,
    /// Which of its picks, from 0.
    pub number: u8,
    /// How many.
    pub count: u8,
    /// Among these features.
    pub features: &'a [Id],
    /// Among these words.
    pub words: &'a [Id],
    /// Among the spells of this class's list.
    pub spells_of: Option<Id>,
    /// Among spells of up to this level; none if spells are not what is picked.
    pub spell_level: Option<u8>,
    /// What picked words or spells mean.
    pub means: Option<Id>,
}

impl Character {
    /// All places where it may pick, as its level has it.
    #[must_use]
    pub fn open_picks<'a>(&self, library: &'a Library) -> Vec<OpenPick<'a>> {
        let mut known = Known { level: self.level(), class_levels: self.class_levels(), ..Known::default() };
        let mut open = Vec::new();
        let mut offer = |of: Id, picks: &'a [FeaturePick], known: &Known| {
            for (number, pick) in picks.iter().enumerate() {
                let number_of = |expr: &Expr| expr.value(known).clamp(0, 255) as u8;
                let count = number_of(&pick.count);
                if count > 0 {
                    open.push(OpenPick {
                        of,
                        number: number as u8,
                        count,
                        features: &pick.features,
                        words: &pick.words,
                        spells_of: pick.spells_of,
                        spell_level: pick.spell_level.as_ref().map(number_of),
                        means: pick.means,
                    });
                }
            }
        };
        if let Some(race) = library.race(self.race) {
            offer(race.id, &race.picks, &known);
        }
        if let Some(subrace) = self.subrace.and_then(|subrace| library.subrace(subrace)) {
            offer(subrace.id, &subrace.picks, &known);
        }
        if let Some(background) = library.background(self.background) {
            offer(background.id, &background.picks, &known);
        }
        // Tools come with the first class alone.
        if let Some(class) = self.levels.first().and_then(|taken| library.class(taken.class)) {
            offer(class.id, &class.tool_picks, &known);
        }
        for HeldFeature { feature, class } in self.features(library) {
            known.class = class;
            offer(feature.id, &feature.picks, &known);
        }
        open
    }

    /// Whether it may pick this there: it is on offer, and asks for nothing that the character lacks.
    pub(super) fn may_pick(&self, library: &Library, pick: &OpenPick<'_>, chosen: Id) -> bool {
        if pick.words.contains(&chosen) {
            return true;
        }
        if pick.features.contains(&chosen) {
            let Some(feature) = library.feature(chosen) else { return false };
            return feature.requires.as_ref().is_none_or(|requires| self.fulfils(library, requires));
        }
        let Some((level, spell)) = pick.spell_level.zip(library.spell(chosen)) else { return false };
        let of_list = pick.spells_of.is_none_or(|class| spell.classes.contains(&class));
        // Cantrips are picked as such; levelled spells never come with them where a class is named.
        let of_level = if level == 0 {
            spell.level == 0
        } else {
            spell.level <= level && (spell.level > 0 || pick.spells_of.is_none())
        };
        of_list && of_level
    }

    /// Whether what a feature or item asks for is there.
    pub(super) fn fulfils(&self, library: &Library, requires: &Expr) -> bool {
        let mut known = Desk::new(self, library).known;
        known.features.extend(self.spells.iter().map(|known| known.spell));
        requires.holds(&known)
    }
}
