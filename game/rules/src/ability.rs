//! The six abilities, what a score is worth, and a set of six scores.

use std::{
    fmt,
    ops::{Index, IndexMut},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

/// One of the six abilities of every creature. Source: SRD 5.1, "Using Ability Scores".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// Bodily power.
    #[serde(alias = "str")]
    Strength,
    /// Agility and balance.
    #[serde(alias = "dex")]
    Dexterity,
    /// Health and stamina.
    #[serde(alias = "con")]
    Constitution,
    /// Reasoning and memory.
    #[serde(alias = "int")]
    Intelligence,
    /// Perception and insight.
    #[serde(alias = "wis")]
    Wisdom,
    /// Force of personality.
    #[serde(alias = "cha")]
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

    /// The three letters of a stat block, in lower case: `str`.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Strength => "str",
            Self::Dexterity => "dex",
            Self::Constitution => "con",
            Self::Intelligence => "int",
            Self::Wisdom => "wis",
            Self::Charisma => "cha",
        }
    }

    /// The ability's name for people to read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strength => "Strength",
            Self::Dexterity => "Dexterity",
            Self::Constitution => "Constitution",
            Self::Intelligence => "Intelligence",
            Self::Wisdom => "Wisdom",
            Self::Charisma => "Charisma",
        }
    }
}

/// No ability has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no ability; they are str, dex, con, int, wis and cha")]
pub struct NoSuchAbility(String);

impl FromStr for Ability {
    type Err = NoSuchAbility;

    /// Reads `str` as well as `strength`, in any case.
    fn from_str(text: &str) -> Result<Self, NoSuchAbility> {
        Self::ALL
            .into_iter()
            .find(|ability| {
                text.eq_ignore_ascii_case(ability.short()) || text.eq_ignore_ascii_case(ability.name())
            })
            .ok_or_else(|| NoSuchAbility(text.chars().take(40).collect()))
    }
}

impl fmt::Display for Ability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What an ability score adds to a roll: 10 and 11 add nothing, each two points one more or less.
///
/// Source: SRD 5.1, "Ability Scores and Modifiers". Halves round down, below zero too.
#[must_use]
pub const fn modifier(score: u8) -> i8 {
    // (255 - 10) / 2 is 122, so that the narrowing can't cut anything off.
    (score as i16 - 10).div_euclid(2) as i8
}

/// The scores of one creature, by ability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AbilityScores([u8; 6]);

impl AbilityScores {
    /// What every ability of an ordinary person is worth.
    pub const ORDINARY: Self = Self([10; 6]);

    /// The scores in the order of [`Ability::ALL`].
    #[must_use]
    pub const fn new(scores: [u8; 6]) -> Self {
        Self(scores)
    }

    /// What an ability adds to a roll.
    #[must_use]
    pub const fn modifier(&self, ability: Ability) -> i8 {
        modifier(self.0[ability as usize])
    }

    /// The scores in the order of [`Ability::ALL`].
    #[must_use]
    pub const fn in_order(&self) -> [u8; 6] {
        self.0
    }
}

impl Default for AbilityScores {
    fn default() -> Self {
        Self::ORDINARY
    }
}

impl Index<Ability> for AbilityScores {
    type Output = u8;

    fn index(&self, ability: Ability) -> &u8 {
        &self.0[ability as usize]
    }
}

impl IndexMut<Ability> for AbilityScores {
    fn index_mut(&mut self, ability: Ability) -> &mut u8 {
        &mut self.0[ability as usize]
    }
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

    #[test]
    fn both_names_of_an_ability_are_understood() {
        for ability in Ability::ALL {
            assert_eq!(ability.short().parse(), Ok(ability));
            assert_eq!(ability.name().to_uppercase().parse(), Ok(ability));
        }
        assert!("luck".parse::<Ability>().unwrap_err().to_string().contains("`luck` is no ability"));
    }

    #[test]
    fn scores_are_found_by_ability() {
        let mut scores = AbilityScores::ORDINARY;
        scores[Ability::Wisdom] = 15;
        assert_eq!((scores[Ability::Wisdom], scores.modifier(Ability::Wisdom)), (15, 2));
        assert_eq!(scores.in_order(), [10, 10, 10, 10, 15, 10]);
    }
}
