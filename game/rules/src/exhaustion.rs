//! Exhaustion: six steps down, in both editions, but with different effects.

use crate::{
    Feet,
    ruleset::{ExhaustionRule, Ruleset},
};

/// The last level of exhaustion: death.
pub const EXHAUSTION_MAX: u8 = 6;

/// What one level of exhaustion adds to those below it. Source: SRD 5.1, "Exhaustion".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExhaustionEffect {
    /// Disadvantage on ability checks.
    AbilityCheckDisadvantage,
    /// Speed halved.
    SpeedHalf,
    /// Disadvantage on attack rolls and saving throws.
    AttackSaveDisadvantage,
    /// Hit point maximum halved.
    HitPointMaximumHalf,
    /// Speed reduced to 0.
    SpeedZero,
    /// Death.
    Death,
}

impl ExhaustionEffect {
    /// All effects, by the level that adds them.
    pub const ALL: [Self; EXHAUSTION_MAX as usize] = [
        Self::AbilityCheckDisadvantage,
        Self::SpeedHalf,
        Self::AttackSaveDisadvantage,
        Self::HitPointMaximumHalf,
        Self::SpeedZero,
        Self::Death,
    ];

    /// The effect as a flag, in the words of the conditions' flags.
    #[must_use]
    pub const fn flag(self) -> &'static str {
        match self {
            Self::AbilityCheckDisadvantage => "ability_check_disadvantage",
            Self::SpeedHalf => "speed_half",
            Self::AttackSaveDisadvantage => "attack_save_disadvantage",
            Self::HitPointMaximumHalf => "hp_max_half",
            Self::SpeedZero => "speed_zero",
            Self::Death => "death",
        }
    }
}

/// What a creature with some levels of exhaustion suffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhaustion {
    /// The effects of all levels so far. SRD 5.1.
    Effects(&'static [ExhaustionEffect]),
    /// Penalties that grow with each level. SRD 5.2.1.
    Penalty {
        /// Added to every d20 test; 0 or less.
        d20_test: i8,
        /// Taken off the speed.
        slower: Feet,
        /// The sixth level kills.
        dead: bool,
    },
}

/// What a number of levels does under a ruleset. More than six count as six.
#[must_use]
pub fn exhaustion(levels: u8, ruleset: &Ruleset) -> Exhaustion {
    let levels = levels.min(EXHAUSTION_MAX);
    match ruleset.exhaustion {
        ExhaustionRule::SixEffects => Exhaustion::Effects(&ALL_EFFECTS[..usize::from(levels)]),
        ExhaustionRule::Penalty => Exhaustion::Penalty {
            d20_test: -2 * levels as i8,
            slower: Feet(5 * u16::from(levels)),
            dead: levels == EXHAUSTION_MAX,
        },
    }
}

static ALL_EFFECTS: [ExhaustionEffect; EXHAUSTION_MAX as usize] = ExhaustionEffect::ALL;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_keeps_what_the_ones_before_did() {
        let Exhaustion::Effects(effects) = exhaustion(5, &Ruleset::SRD_5_1) else {
            panic!("5.1 has effects")
        };
        assert_eq!(effects.len(), 5);
        assert!(
            effects.contains(&ExhaustionEffect::SpeedHalf) && effects.contains(&ExhaustionEffect::SpeedZero)
        );
        assert_eq!(exhaustion(0, &Ruleset::SRD_5_1), Exhaustion::Effects(&[]));
    }

    #[test]
    fn the_later_edition_takes_2_and_5_feet_a_level() {
        let worn = exhaustion(3, &Ruleset::SRD_5_2_1);
        assert_eq!(worn, Exhaustion::Penalty { d20_test: -6, slower: Feet(15), dead: false });
        let Exhaustion::Penalty { dead, .. } = exhaustion(9, &Ruleset::SRD_5_2_1) else {
            panic!("a penalty")
        };
        assert!(dead);
    }
}
