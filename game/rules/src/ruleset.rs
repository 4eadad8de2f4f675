//! Which edition of the rules a world plays by: the few places where the maths of 5.1 and 5.2.1 part.
//!
//! Content is no switch: a second edition's spells and classes come as a content pack. How someone could get it wrong:
//! asking "is this 5.2?" anywhere else. Ask for the one rule that differs, so that a world can mix them.

/// The rules of the kernel that differ between editions. The default is the System Reference Document 5.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ruleset {
    /// How half a paladin's or ranger's level counts towards a multiclass caster's slots.
    pub half_casters: Rounding,
    /// What exhaustion does.
    pub exhaustion: ExhaustionRule,
    /// How a grapple or shove is decided.
    pub grapple: GrappleRule,
    /// The most that a save to keep concentration can ask for.
    pub concentration_dc_max: Option<u32>,
    /// How many spent hit dice a long rest gives back.
    pub hit_dice_on_long_rest: HitDiceRecovery,
    /// What surprise does.
    pub surprise: SurpriseRule,
    /// What happens when the held breath is used up.
    pub suffocation: SuffocationRule,
}

impl Ruleset {
    /// System Reference Document 5.1.
    pub const SRD_5_1: Self = Self {
        half_casters: Rounding::Down,
        exhaustion: ExhaustionRule::SixEffects,
        grapple: GrappleRule::Contest,
        concentration_dc_max: None,
        hit_dice_on_long_rest: HitDiceRecovery::Half,
        surprise: SurpriseRule::LosesFirstTurn,
        suffocation: SuffocationRule::DropsAfterRounds,
    };

    /// System Reference Document 5.2.1.
    pub const SRD_5_2_1: Self = Self {
        half_casters: Rounding::Up,
        exhaustion: ExhaustionRule::Penalty,
        grapple: GrappleRule::Save,
        concentration_dc_max: Some(30),
        hit_dice_on_long_rest: HitDiceRecovery::All,
        surprise: SurpriseRule::DisadvantageOnInitiative,
        suffocation: SuffocationRule::ExhaustsEachTurn,
    };
}

impl Default for Ruleset {
    fn default() -> Self {
        Self::SRD_5_1
    }
}

/// Which way a half goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the smaller number, as nearly everywhere.
    Down,
    /// To the larger number.
    Up,
}

impl Rounding {
    /// Half of a number of levels.
    #[must_use]
    pub const fn half(self, number: u8) -> u8 {
        self.divide(number, 2)
    }

    /// A number of levels, divided.
    #[must_use]
    pub const fn divide(self, number: u8, by: u8) -> u8 {
        match self {
            Self::Down => number / by,
            Self::Up => number.div_ceil(by),
        }
    }
}

/// What exhaustion does to a creature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExhaustionRule {
    /// Six levels, each with an effect of its own on top of the ones before. SRD 5.1.
    SixEffects,
    /// Each level costs 2 on every d20 test and 5 feet of speed; the sixth kills. SRD 5.2.1.
    Penalty,
}

/// How a grapple or shove is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrappleRule {
    /// Strength (Athletics) against Athletics or Acrobatics. SRD 5.1.
    Contest,
    /// A Strength or Dexterity save against 8 + Strength + proficiency. SRD 5.2.1.
    Save,
}

/// How many spent hit dice a long rest gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HitDiceRecovery {
    /// Half of all that the creature has, at least one. SRD 5.1.
    Half,
    /// All of them. SRD 5.2.1.
    All,
}

/// What surprise does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SurpriseRule {
    /// No move, action or reaction until the first turn is over. SRD 5.1.
    LosesFirstTurn,
    /// Disadvantage on the roll for initiative. SRD 5.2.1.
    DisadvantageOnInitiative,
}

/// What happens when the held breath is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuffocationRule {
    /// The creature lasts some rounds, then drops to 0 hit points. SRD 5.1.
    DropsAfterRounds,
    /// A level of exhaustion at the end of each turn. SRD 5.2.1.
    ExhaustsEachTurn,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_that_says_nothing_plays_5_1() {
        assert_eq!(Ruleset::default(), Ruleset::SRD_5_1);
    }

    #[test]
    fn halves_go_the_way_they_are_told() {
        assert_eq!((Rounding::Down.half(5), Rounding::Up.half(5)), (2, 3));
        assert_eq!((Rounding::Down.half(4), Rounding::Up.half(4)), (2, 2));
        assert_eq!((Rounding::Down.divide(7, 3), Rounding::Up.divide(7, 3)), (2, 3));
    }
}
