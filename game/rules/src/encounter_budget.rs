//! How much experience a fight may be worth to be easy, fair or hard for a party.
//!
//! The System Reference Document 5.1 has no such table; this one is of 5.2.1, "Combat Encounters", and fits both.

use crate::LEVEL_MAX;

/// How hard a fight is meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difficulty {
    /// Some scary moments, no victims.
    Low,
    /// Could go badly for a weak or careless party.
    Moderate,
    /// Could be lethal.
    High,
}

/// Experience for each character by level: low, moderate, high.
const PER_CHARACTER: [[u32; 3]; LEVEL_MAX as usize] = [
    [50, 75, 100],
    [100, 150, 200],
    [150, 225, 400],
    [250, 375, 500],
    [500, 750, 1_100],
    [600, 1_000, 1_400],
    [750, 1_300, 1_700],
    [1_000, 1_700, 2_100],
    [1_300, 2_000, 2_600],
    [1_600, 2_300, 3_100],
    [1_900, 2_900, 4_100],
    [2_200, 3_700, 4_700],
    [2_600, 4_200, 5_400],
    [2_900, 4_900, 6_200],
    [3_300, 5_400, 7_800],
    [3_800, 6_100, 9_800],
    [4_500, 7_200, 11_700],
    [5_000, 8_700, 14_200],
    [5_500, 10_700, 17_200],
    [6_400, 13_200, 22_000],
];

/// What one character of a level adds to the budget: low, moderate, high. Other levels count as the nearest.
#[must_use]
pub fn budget_per_character(level: u8) -> [u32; 3] {
    PER_CHARACTER[usize::from(level.clamp(1, LEVEL_MAX)) - 1]
}

/// The experience that the monsters of a fight may be worth together.
#[must_use]
pub fn encounter_budget(levels: &[u8], difficulty: Difficulty) -> u32 {
    levels.iter().map(|&level| budget_per_character(level)[difficulty as usize]).sum()
}

/// How hard a fight is for a party, or nothing if it is beyond all budgets.
#[must_use]
pub fn difficulty_of(levels: &[u8], experience: u32) -> Option<Difficulty> {
    [Difficulty::Low, Difficulty::Moderate, Difficulty::High]
        .into_iter()
        .find(|&difficulty| experience <= encounter_budget(levels, difficulty))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_rise_with_level_and_difficulty() {
        for level in 1..=LEVEL_MAX {
            let [low, moderate, high] = budget_per_character(level);
            assert!(low < moderate && moderate < high, "level {level}");
            assert!(level == 1 || budget_per_character(level - 1) < [low, moderate, high], "level {level}");
        }
    }

    #[test]
    fn four_heroes_of_3rd_level_find_an_ogre_easy_and_four_ogres_deadly() {
        let party = [3; 4];
        assert_eq!(encounter_budget(&party, Difficulty::Moderate), 900);
        assert_eq!(difficulty_of(&party, 450), Some(Difficulty::Low));
        assert_eq!(difficulty_of(&party, 4 * 450), None);
    }
}
