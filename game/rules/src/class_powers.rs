//! Formulas of class features that are no table in a class's own record.

use crate::Dice;

/// What a sorcerer pays in sorcery points for a slot of this level, or nothing if none can be made.
///
/// Source: SRD 5.1, "Font of Magic".
#[must_use]
pub const fn slot_creation_cost(slot_level: u8) -> Option<u8> {
    match slot_level {
        1 => Some(2),
        2 => Some(3),
        3 => Some(5),
        4 => Some(6),
        5 => Some(7),
        _ => None,
    }
}

/// The sorcery points that a slot turns into: as many as its level.
#[must_use]
pub const fn slot_conversion_points(slot_level: u8) -> u8 {
    slot_level
}

/// How many d8 a paladin's smite adds: two for a 1st-level slot, one more a level up to five, one more against fiends and undead.
///
/// Source: SRD 5.1, "Divine Smite". No slot, no dice.
#[must_use]
pub const fn divine_smite_dice(slot_level: u8, against_fiend_or_undead: bool) -> u8 {
    if slot_level == 0 {
        return 0;
    }
    let dice = if slot_level >= 4 { 5 } else { slot_level + 1 };
    dice + against_fiend_or_undead as u8
}

/// How many dice (or beams, or darts) a cantrip has at a character's level: one, more at 5th, 11th and 17th.
///
/// Source: SRD 5.1, the cantrips' own text. It is the character's level that counts, not the class's.
#[must_use]
pub const fn cantrip_dice(character_level: u8) -> u8 {
    match character_level {
        0..=4 => 1,
        5..=10 => 2,
        11..=16 => 3,
        _ => 4,
    }
}

/// The d6 of a dragonborn's breath: two, more at 6th, 11th and 16th level. Source: SRD 5.1, "Breath Weapon".
#[must_use]
pub const fn breath_weapon_dice(level: u8) -> Dice {
    let count = match level {
        0..=5 => 2,
        6..=10 => 3,
        11..=15 => 4,
        _ => 5,
    };
    Dice::of(count, 6)
}

/// How many spells a caster prepares: its level (or a part of it) and its ability, at least one.
#[must_use]
pub fn prepared_spells(counted_level: u8, ability_modifier: i8) -> u8 {
    (i16::from(counted_level) + i16::from(ability_modifier)).clamp(1, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_cost_more_than_they_give_back() {
        for level in 1..=5 {
            assert!(slot_creation_cost(level).unwrap() > slot_conversion_points(level));
        }
        assert_eq!(slot_creation_cost(6), None);
    }

    #[test]
    fn a_smite_stops_growing_at_4th_level_and_hurts_the_undead_more() {
        let dice: Vec<_> = (0..=9).map(|slot| divine_smite_dice(slot, false)).collect();
        assert_eq!(dice, [0, 2, 3, 4, 5, 5, 5, 5, 5, 5]);
        assert_eq!(divine_smite_dice(4, true), 6);
    }

    #[test]
    fn breath_and_cantrips_grow_at_their_levels() {
        assert_eq!([4, 5, 11, 17].map(cantrip_dice), [1, 2, 3, 4]);
        assert_eq!(
            [5, 6, 11, 16].map(|level| breath_weapon_dice(level).to_string()),
            ["2d6", "3d6", "4d6", "5d6"]
        );
    }

    #[test]
    fn even_a_dull_cleric_prepares_one_spell() {
        assert_eq!((prepared_spells(1, -2), prepared_spells(2, 3)), (1, 5));
    }
}
