//! The d20 test: how advantage and disadvantage meet, what a passive score is, how likely a test succeeds.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many d20s a test throws and which of them counts. Source: SRD 5.1, "Advantage and Disadvantage".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollMode {
    /// One die.
    #[default]
    Normal,
    /// The higher of two.
    Advantage,
    /// The lower of two.
    Disadvantage,
}

impl RollMode {
    /// Any number of advantages and disadvantages: one of each side is as good as many, and together they cancel.
    #[must_use]
    pub const fn combine(advantages: u32, disadvantages: u32) -> Self {
        match (advantages > 0, disadvantages > 0) {
            (true, false) => Self::Advantage,
            (false, true) => Self::Disadvantage,
            _ => Self::Normal,
        }
    }

    /// Throws the die or dice. `die` is called with 20 and gives a value in `1..=20`.
    pub fn roll(self, mut die: impl FnMut(u32) -> u32) -> u32 {
        let first = die(20);
        match self {
            Self::Normal => first,
            Self::Advantage => first.max(die(20)),
            Self::Disadvantage => first.min(die(20)),
        }
    }

    /// The chance that the die which counts shows at least `face`.
    #[must_use]
    pub fn chance_of_at_least(self, face: i64) -> f64 {
        let single = (21 - face).clamp(0, 20) as f64 / 20.0;
        match self {
            Self::Normal => single,
            Self::Advantage => 1.0 - (1.0 - single) * (1.0 - single),
            Self::Disadvantage => single * single,
        }
    }

    /// The mode's name, as it is read and written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Advantage => "advantage",
            Self::Disadvantage => "disadvantage",
        }
    }
}

/// No mode has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no way to roll; there are normal, advantage and disadvantage")]
pub struct NoSuchMode(String);

impl FromStr for RollMode {
    type Err = NoSuchMode;

    fn from_str(text: &str) -> Result<Self, NoSuchMode> {
        [Self::Normal, Self::Advantage, Self::Disadvantage]
            .into_iter()
            .find(|mode| mode.name() == text)
            .ok_or_else(|| NoSuchMode(text.chars().take(40).collect()))
    }
}

/// How much of the proficiency bonus counts for a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Training {
    /// None of it.
    #[default]
    Untrained,
    /// Half, rounded down: a bard's knack for everything.
    Half,
    /// Half, rounded up: a champion's remarkable athletics.
    HalfRoundedUp,
    /// All of it.
    Proficient,
    /// Twice.
    Expertise,
}

impl Training {
    /// What is added to the test.
    #[must_use]
    pub const fn of(self, proficiency_bonus: u8) -> u8 {
        match self {
            Self::Untrained => 0,
            Self::Half => proficiency_bonus / 2,
            Self::HalfRoundedUp => proficiency_bonus.div_ceil(2),
            Self::Proficient => proficiency_bonus,
            Self::Expertise => proficiency_bonus * 2,
        }
    }
}

/// What a creature notices or knows without rolling: 10 and the test's bonus, 5 more or less by the mode.
///
/// Source: SRD 5.1, "Passive Checks".
#[must_use]
pub const fn passive_score(bonus: i16, mode: RollMode) -> i16 {
    10 + bonus
        + match mode {
            RollMode::Normal => 0,
            RollMode::Advantage => 5,
            RollMode::Disadvantage => -5,
        }
}

/// The chance that a save or check reaches its number. No roll succeeds or fails by itself, unlike an attack's.
#[must_use]
pub fn success_chance(bonus: i64, dc: i64, mode: RollMode) -> f64 {
    mode.chance_of_at_least(dc.saturating_sub(bonus))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_disadvantage_cancels_any_number_of_advantages() {
        assert_eq!(RollMode::combine(0, 0), RollMode::Normal);
        assert_eq!(RollMode::combine(3, 0), RollMode::Advantage);
        assert_eq!(RollMode::combine(3, 1), RollMode::Normal);
        assert_eq!(RollMode::combine(0, 2), RollMode::Disadvantage);
    }

    #[test]
    fn the_right_die_counts() {
        let throw = |mode: RollMode| {
            let mut faces = [12, 5].into_iter();
            mode.roll(|_| faces.next().unwrap())
        };
        assert_eq!([RollMode::Normal, RollMode::Advantage, RollMode::Disadvantage].map(throw), [12, 12, 5]);
    }

    #[test]
    fn passive_scores_move_by_5() {
        assert_eq!(passive_score(4, RollMode::Normal), 14);
        assert_eq!(passive_score(4, RollMode::Advantage), 19);
        assert_eq!(passive_score(4, RollMode::Disadvantage), 9);
        assert_eq!(
            [Training::Half, Training::HalfRoundedUp, Training::Expertise].map(|t| t.of(3)),
            [1, 2, 6]
        );
    }

    #[test]
    fn a_save_can_be_certain_or_hopeless() {
        assert_eq!(success_chance(2, 15, RollMode::Normal), 0.4);
        assert_eq!(success_chance(14, 15, RollMode::Disadvantage), 1.0);
        assert_eq!(success_chance(0, 21, RollMode::Advantage), 0.0);
    }

    proptest! {
        #[test]
        fn advantage_never_hurts(bonus in -10_i64..30, dc in -5_i64..45) {
            let [normal, better, worse] = [RollMode::Normal, RollMode::Advantage, RollMode::Disadvantage]
                .map(|mode| success_chance(bonus, dc, mode));
            prop_assert!(worse <= normal && normal <= better);
        }
    }
}
