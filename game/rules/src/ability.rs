//! The six abilities and what a score is worth.

use serde::{Deserialize, Serialize};

/// One of the six abilities of every creature. Source: SRD 5.1, "Using Ability Scores".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// Bodily power.
    Strength,
    /// Agility and balance.
    Dexterity,
    /// Health and stamina.
    Constitution,
    /// Reasoning and memory.
    Intelligence,
    /// Perception and insight.
    Wisdom,
    /// Force of personality.
    Charisma,
}

impl Ability {
    /// All abilities, in the order of a character sheet.
    pub const ALL: [Self; 6] = [
        Self::Strength,
        Self::Dexterity,
        Self::Constitution,
        Self::Intelligence,
        Self::Wisdom,
        Self::Charisma,
    ];
}

/// What an ability score adds to a roll: 10 and 11 add nothing, each two points one more or less.
///
/// Source: SRD 5.1, "Ability Scores and Modifiers". Halves round down, below zero too.
#[must_use]
pub const fn modifier(score: u8) -> i8 {
    // (255 - 10) / 2 is 122, so that the narrowing can't cut anything off.
    (score as i16 - 10).div_euclid(2) as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_give_the_modifiers_of_the_table() {
        let table = [
            (1, -5),
            (2, -4),
            (3, -4),
            (8, -1),
            (9, -1),
            (10, 0),
            (11, 0),
            (12, 1),
            (20, 5),
            (29, 9),
            (30, 10),
        ];
        for (score, expected) in table {
            assert_eq!(modifier(score), expected, "score {score}");
        }
        assert_eq!((modifier(0), modifier(u8::MAX)), (-5, 122));
    }
}
