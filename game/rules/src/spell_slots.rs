//! Spell slots: from how many levels of which kind of caster come how many slots.

use crate::{LEVEL_MAX, ruleset::Ruleset};

/// Slots by spell level: `slots[0]` is the number of 1st-level slots.
pub type Slots = [u8; 9];

/// How fast a class grows as a caster. Source: SRD 5.1, "Classes" and "Multiclassing", "Spellcasting".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CasterProgress {
    /// Bard, cleric, druid, sorcerer, wizard: all levels count.
    Full,
    /// Paladin and ranger, from 2nd level: half of the levels count.
    Half,
    /// Subclasses of classes that don't cast, from 3rd level: a third counts.
    Third,
    /// The warlock, whose few slots are all of one level; see [`pact_magic`].
    Pact,
}

/// Slots of a full caster by level. Source: SRD 5.1, "Multiclass Spellcaster: Spell Slots per Spell Level".
const FULL: [Slots; LEVEL_MAX as usize] = [
    [2, 0, 0, 0, 0, 0, 0, 0, 0],
    [3, 0, 0, 0, 0, 0, 0, 0, 0],
    [4, 2, 0, 0, 0, 0, 0, 0, 0],
    [4, 3, 0, 0, 0, 0, 0, 0, 0],
    [4, 3, 2, 0, 0, 0, 0, 0, 0],
    [4, 3, 3, 0, 0, 0, 0, 0, 0],
    [4, 3, 3, 1, 0, 0, 0, 0, 0],
    [4, 3, 3, 2, 0, 0, 0, 0, 0],
    [4, 3, 3, 3, 1, 0, 0, 0, 0],
    [4, 3, 3, 3, 2, 0, 0, 0, 0],
    [4, 3, 3, 3, 2, 1, 0, 0, 0],
    [4, 3, 3, 3, 2, 1, 0, 0, 0],
    [4, 3, 3, 3, 2, 1, 1, 0, 0],
    [4, 3, 3, 3, 2, 1, 1, 0, 0],
    [4, 3, 3, 3, 2, 1, 1, 1, 0],
    [4, 3, 3, 3, 2, 1, 1, 1, 0],
    [4, 3, 3, 3, 2, 1, 1, 1, 1],
    [4, 3, 3, 3, 3, 1, 1, 1, 1],
    [4, 3, 3, 3, 3, 2, 1, 1, 1],
    [4, 3, 3, 3, 3, 2, 2, 1, 1],
];

/// The slots of a character with these levels in casting classes, pact magic aside.
///
/// Who casts through one class alone reads that class's own table, in which a paladin of 5th level has what a 3rd-level
/// cleric has. With more casting classes the levels are added up first, each half rounded as the ruleset says.
/// Levels beyond 20 count as 20.
#[must_use]
pub fn spell_slots(levels: &[(CasterProgress, u8)], ruleset: &Ruleset) -> Slots {
    let casting: Vec<(CasterProgress, u8)> = levels
        .iter()
        .copied()
        .filter(|&(progress, level)| progress != CasterProgress::Pact && level > 0)
        .collect();
    let caster_level = match casting[..] {
        [(progress, level)] => own_table_level(progress, level, ruleset),
        _ => casting.iter().fold(0, |sum: u8, &(progress, level)| {
            sum.saturating_add(counted_level(progress, level, ruleset))
        }),
    };
    match caster_level {
        0 => [0; 9],
        level => FULL[usize::from(level.min(LEVEL_MAX)) - 1],
    }
}

/// Which row of the full caster's table a class's own table shows at this level.
fn own_table_level(progress: CasterProgress, level: u8, ruleset: &Ruleset) -> u8 {
    match progress {
        CasterProgress::Full => level,
        // In 5.1 a half caster starts at 2nd level; where halves round up, at 1st.
        CasterProgress::Half if level == 1 => ruleset.half_casters.half(level),
        CasterProgress::Half => level.div_ceil(2),
        CasterProgress::Third if level < 3 => 0,
        CasterProgress::Third => level.div_ceil(3),
        CasterProgress::Pact => 0,
    }
}

/// What a class's levels add to a multiclass caster's level.
fn counted_level(progress: CasterProgress, level: u8, ruleset: &Ruleset) -> u8 {
    match progress {
        CasterProgress::Full => level,
        CasterProgress::Half => ruleset.half_casters.half(level),
        CasterProgress::Third => level / 3,
        CasterProgress::Pact => 0,
    }
}

/// A warlock's slots: how many, and the one level that they all have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PactMagic {
    /// Number of slots, back after a short rest.
    pub slots: u8,
    /// Spell level of each of them, 1 to 5.
    pub slot_level: u8,
}

/// The slots of pact magic by warlock level. Source: SRD 5.1, "The Warlock". Level 0 has none.
#[must_use]
pub const fn pact_magic(warlock_level: u8) -> PactMagic {
    let slots = match warlock_level {
        0 => return PactMagic { slots: 0, slot_level: 0 },
        1 => 1,
        2..=10 => 2,
        11..=16 => 3,
        _ => 4,
    };
    let slot_level = if warlock_level >= 9 { 5 } else { warlock_level.div_ceil(2) };
    PactMagic { slots, slot_level }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CasterProgress::*, *};

    const RULES: Ruleset = Ruleset::SRD_5_1;

    #[test]
    fn a_half_caster_alone_follows_its_own_table() {
        assert_eq!(spell_slots(&[(Half, 1)], &RULES), [0; 9]);
        assert_eq!(spell_slots(&[(Half, 1)], &Ruleset::SRD_5_2_1)[0], 2);
        assert_eq!(spell_slots(&[(Half, 2)], &RULES), FULL[0]);
        assert_eq!(spell_slots(&[(Half, 5)], &RULES), FULL[2]);
        assert_eq!(spell_slots(&[(Half, 20)], &RULES), FULL[9]);
        assert_eq!(spell_slots(&[(Third, 2)], &RULES), [0; 9]);
        assert_eq!(spell_slots(&[(Third, 7)], &RULES), FULL[2]);
    }

    #[test]
    fn several_classes_add_up_and_the_editions_round_apart() {
        assert_eq!(spell_slots(&[(Half, 5), (Full, 5)], &RULES), FULL[6]);
        assert_eq!(spell_slots(&[(Half, 5), (Full, 5)], &Ruleset::SRD_5_2_1), FULL[7]);
        assert_eq!(spell_slots(&[(Half, 1), (Full, 1)], &RULES), FULL[0]);
    }

    #[test]
    fn a_warlock_keeps_its_slots_apart() {
        assert_eq!(spell_slots(&[(Pact, 20), (Full, 1)], &RULES), FULL[0]);
        assert_eq!(pact_magic(0), PactMagic::default());
        assert_eq!(pact_magic(1), PactMagic { slots: 1, slot_level: 1 });
        assert_eq!(pact_magic(9), PactMagic { slots: 2, slot_level: 5 });
        assert_eq!(pact_magic(20), PactMagic { slots: 4, slot_level: 5 });
    }

    proptest! {
        #[test]
        fn another_level_never_costs_a_slot(full in 0..=20_u8, half in 0..=20_u8) {
            let before = spell_slots(&[(Full, full), (Half, half)], &RULES);
            let after = spell_slots(&[(Full, full + 1), (Half, half)], &RULES);
            // The one step that the rules themselves take backwards: an odd half caster who picks up a second class.
            prop_assume!(full > 0);
            prop_assert!(before.iter().zip(after).all(|(&before, after)| before <= after));
        }
    }
}
