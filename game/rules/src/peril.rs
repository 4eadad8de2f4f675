//! How perilous a fight is by the reckoning of 2014: experience that counts the more, the more monsters there are.
//!
//! The System Reference Document 5.1 has no such tables; the figures are those by which tables of that edition plan their
//! days. The later way of reckoning, which is in 5.2.1, stands in [`crate::encounter_budget`].

use crate::LEVEL_MAX;

/// How perilous a fight is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Peril {
    /// Not worth drawing a sword for.
    Trivial,
    /// It costs hardly anything.
    Easy,
    /// A few wounds.
    Medium,
    /// Somebody may fall.
    Hard,
    /// Somebody may die.
    Deadly,
}

/// Experience for each character by level from which a fight is easy, medium, hard, deadly.
const THRESHOLDS: [[u32; 4]; LEVEL_MAX as usize] = [
    [25, 50, 75, 100],
    [50, 100, 150, 200],
    [75, 150, 225, 400],
    [125, 250, 375, 500],
    [250, 500, 750, 1_100],
    [300, 600, 900, 1_400],
    [350, 750, 1_100, 1_700],
    [450, 900, 1_400, 2_100],
    [550, 1_100, 1_600, 2_400],
    [600, 1_200, 1_900, 2_800],
    [800, 1_600, 2_400, 3_600],
    [1_000, 2_000, 3_000, 4_500],
    [1_100, 2_200, 3_400, 5_100],
    [1_250, 2_500, 3_800, 5_700],
    [1_400, 2_800, 4_300, 6_400],
    [1_600, 3_200, 4_800, 7_200],
    [2_000, 3_900, 5_900, 8_800],
    [2_100, 4_200, 6_300, 9_500],
    [2_400, 4_900, 7_300, 10_900],
    [2_800, 5_700, 8_500, 12_700],
];

/// Adjusted experience that one character of each level gets through between two long rests.
const DAY: [u32; LEVEL_MAX as usize] = [
    300, 600, 1_200, 1_700, 3_500, 4_000, 5_000, 6_000, 7_500, 9_000, 10_500, 11_500, 13_500, 15_000, 18_000,
    20_000, 25_000, 27_000, 30_000, 40_000,
];

/// What experience is multiplied by, in tenths, from a crowd of one up; a small party stands a step higher, a large one lower.
const STEPS: [u32; 8] = [5, 10, 15, 20, 25, 30, 40, 50];

const fn place(level: u8) -> usize {
    let level = if level < 1 { 1 } else { level };
    (if level > LEVEL_MAX { LEVEL_MAX } else { level }) as usize - 1
}

/// From how much adjusted experience a fight is easy, medium, hard and deadly for one character. Other levels count as the nearest.
#[must_use]
pub const fn peril_thresholds(level: u8) -> [u32; 4] {
    THRESHOLDS[place(level)]
}

/// Adjusted experience that one character gets through in a day.
#[must_use]
pub const fn daily_budget(level: u8) -> u32 {
    DAY[place(level)]
}

/// By how many tenths experience counts when so many monsters meet so many characters: 10 is once.
#[must_use]
pub const fn crowd_tenths(monsters: u32, characters: usize) -> u32 {
    let step = match monsters {
        0 => return 10,
        1 => 1,
        2 => 2,
        3..=6 => 3,
        7..=10 => 4,
        11..=14 => 5,
        _ => 6,
    };
    let step = match characters {
        0..=2 => step + 1,
        3..=5 => step,
        _ => step - 1,
    };
    STEPS[step]
}

/// How perilous so much adjusted experience is for a party.
#[must_use]
pub fn peril_of(levels: &[u8], adjusted: u32) -> Peril {
    let reached = |step: usize| adjusted >= levels.iter().map(|&level| peril_thresholds(level)[step]).sum();
    [(3, Peril::Deadly), (2, Peril::Hard), (1, Peril::Medium), (0, Peril::Easy)]
        .into_iter()
        .find(|(step, _)| reached(*step))
        .map_or(Peril::Trivial, |(_, peril)| peril)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_rises_with_the_level() {
        for level in 2..=LEVEL_MAX {
            assert!(peril_thresholds(level - 1) < peril_thresholds(level), "level {level}");
            assert!(daily_budget(level - 1) < daily_budget(level), "level {level}");
            assert!(peril_thresholds(level).is_sorted(), "level {level}");
        }
    }

    #[test]
    fn a_crowd_counts_for_more_and_a_large_party_for_less() {
        let four = [1, 2, 3, 6, 7, 10, 11, 14, 15, 40].map(|monsters| crowd_tenths(monsters, 4));
        assert_eq!(four, [10, 15, 20, 20, 25, 25, 30, 30, 40, 40]);
        assert_eq!([1, 2, 15].map(|monsters| crowd_tenths(monsters, 2)), [15, 20, 50]);
        assert_eq!([1, 2, 15].map(|monsters| crowd_tenths(monsters, 6)), [5, 10, 30]);
    }

    #[test]
    fn four_heroes_of_3rd_level_find_an_ogre_easy_and_four_of_them_deadly() {
        let party = [3; 4];
        assert_eq!(peril_of(&party, 450 * crowd_tenths(1, 4) / 10), Peril::Easy);
        assert_eq!(peril_of(&party, 4 * 450 * crowd_tenths(4, 4) / 10), Peril::Deadly);
        assert_eq!(peril_of(&party, 25), Peril::Trivial);
    }
}
