//! Dice: the notation, and dice that need no memory.
//!
//! A simulation that draws from one shared generator changes all later rolls when a single actor draws once more.
//! [`roll`] has no state to share: who rolls, when and what for *is* the state. Rolls may therefore happen in any order
//! and on any machine, and replaying a tick gives the same numbers.

use std::{fmt, str::FromStr};

use grid::{EntityId, RegionCoord};

/// Most dice in one expression.
const COUNT_MAX: u32 = 1_000;
/// Most sides of a die.
const SIDES_MAX: u32 = 1_000;
/// Largest constant of an expression, up or down.
const BONUS_MAX: i32 = 1_000_000;

/// A number of equal dice and a constant, written like `2d6+3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dice {
    count: u32,
    sides: u32,
    bonus: i32,
}

impl Dice {
    /// Throws the dice. `die` is called once per die with the number of sides and gives a value in `1..=sides`.
    pub fn roll(self, mut die: impl FnMut(u32) -> u32) -> i64 {
        (0..self.count).map(|_| i64::from(die(self.sides))).sum::<i64>() + i64::from(self.bonus)
    }

    /// The least that a throw can show.
    #[must_use]
    pub fn min(self) -> i64 {
        i64::from(self.count) + i64::from(self.bonus)
    }

    /// The most that a throw can show.
    #[must_use]
    pub fn max(self) -> i64 {
        i64::from(self.count) * i64::from(self.sides) + i64::from(self.bonus)
    }
}

/// Why a text is not a dice expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiceError {
    /// The text has another form.
    #[error("`{0}` is not a dice expression such as `2d6+3`")]
    NotDice(String),
    /// More than a thousand dice, none at all, or a constant beyond a million.
    #[error("`{0}` is out of range: 1 to 1000 dice of 1 to 1000 sides, and a constant up to a million")]
    OutOfRange(String),
}

impl FromStr for Dice {
    type Err = DiceError;

    fn from_str(text: &str) -> Result<Self, DiceError> {
        let not_dice = || DiceError::NotDice(text.chars().take(40).collect());
        let number = |digits: &str| -> Result<u32, DiceError> {
            // `u32::from_str` takes a leading `+`, which has no place inside an expression.
            if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(not_dice());
            }
            digits.parse().map_err(|_| not_dice())
        };
        let (count, rest) = text.trim().split_once(['d', 'D']).ok_or_else(not_dice)?;
        let (sides, bonus) = match rest.find(['+', '-']) {
            Some(sign) => {
                let size = number(&rest[sign + 1..])? as i32;
                (&rest[..sign], if rest[sign..].starts_with('-') { -size } else { size })
            }
            None => (rest, 0),
        };
        let dice =
            Self { count: if count.is_empty() { 1 } else { number(count)? }, sides: number(sides)?, bonus };
        let in_range = (1..=COUNT_MAX).contains(&dice.count)
            && (1..=SIDES_MAX).contains(&dice.sides)
            && dice.bonus.abs() <= BONUS_MAX;
        if in_range { Ok(dice) } else { Err(DiceError::OutOfRange(text.chars().take(40).collect())) }
    }
}

impl fmt::Display for Dice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d{}", self.count, self.sides)?;
        if self.bonus == 0 { Ok(()) } else { write!(f, "{:+}", self.bonus) }
    }
}

/// What a roll decides. Two purposes of one actor in one tick get unrelated dice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Purpose {
    /// Where in the region a creature appears.
    Spawn = 1,
    /// Which way a wandering creature turns.
    WanderHeading = 2,
    /// How far it goes.
    WanderDistance = 3,
    /// How long it rests.
    WanderPause = 4,
}

/// The dice of one actor at one tick for one purpose.
///
/// `seed` is the world's. Equal arguments give equal dice, on every machine.
#[must_use]
pub fn roll(seed: u64, region: RegionCoord, tick: u64, actor: EntityId, purpose: Purpose) -> CounterDice {
    let place = (u64::from(region.x as u32) << 32) | u64::from(region.z as u32);
    let (actor_high, actor_low) = actor.uuid().as_u64_pair();
    let key = [place, tick, actor_high, actor_low, purpose as u64]
        .into_iter()
        .fold(mix(seed), |key, part| mix(key ^ part));
    CounterDice { key, thrown: 0 }
}

/// A run of dice that depends on nothing but its key; made by [`roll`].
#[derive(Clone, Debug)]
pub struct CounterDice {
    key: u64,
    thrown: u64,
}

impl CounterDice {
    /// A value in `1..=sides`; a die without sides shows 1.
    pub fn die(&mut self, sides: u32) -> u32 {
        self.below(sides) + 1
    }

    /// A value in `0..bound`, or 0 for an empty range.
    pub fn below(&mut self, bound: u32) -> u32 {
        let bits = mix(self.key ^ mix(self.thrown));
        self.thrown += 1;
        // The high half of the product spreads the 2^64 values evenly enough: no outcome is off by more than 2^-32.
        ((u128::from(bits) * u128::from(bound)) >> 64) as u32
    }
}

/// The finaliser of SplitMix64 over a step of the golden ratio: each input bit changes half of the output bits.
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use proptest::prelude::*;

    use super::*;

    fn actor() -> EntityId {
        EntityId::from_str("0190a0c4-0000-7000-8000-000000000001").unwrap()
    }

    #[test]
    fn expressions_read_back_as_written() {
        for text in ["2d6+3", "1d20", "8d8-2", "100d1000"] {
            assert_eq!(text.parse::<Dice>().unwrap().to_string(), text);
        }
        assert_eq!("d20".parse::<Dice>().unwrap().to_string(), "1d20");
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        for text in ["", "d", "2d", "6", "2d6+", "2d6+-3", "+2d6", "2d6+3+4", "2 d6", "2dé"] {
            let refused = text.parse::<Dice>();
            assert!(refused.is_err(), "{text} was taken for {refused:?}");
        }
        assert!(matches!("0d6".parse::<Dice>(), Err(DiceError::OutOfRange(_))));
        assert!(matches!("2d6+2000000".parse::<Dice>(), Err(DiceError::OutOfRange(_))));
    }

    #[test]
    fn loaded_dice_give_the_extremes() {
        let dice: Dice = "2d6+3".parse().unwrap();
        assert_eq!((dice.roll(|_| 1), dice.roll(|sides| sides)), (dice.min(), dice.max()));
        assert_eq!((dice.min(), dice.max()), (5, 15));
    }

    #[test]
    fn counter_dice_are_the_same_on_every_machine() {
        let mut dice = roll(7, RegionCoord::new(-1, 2), 360, actor(), Purpose::WanderHeading);
        let thrown: Vec<u32> = (0..8).map(|_| dice.die(20)).collect();
        assert_eq!(thrown, [6, 8, 8, 11, 1, 1, 13, 2]);
    }

    #[test]
    fn each_part_of_the_key_matters() {
        let region = RegionCoord::new(0, 0);
        let value = |mut dice: CounterDice| dice.below(u32::MAX);
        let base = value(roll(1, region, 1, actor(), Purpose::Spawn));
        assert_ne!(base, value(roll(2, region, 1, actor(), Purpose::Spawn)));
        assert_ne!(base, value(roll(1, RegionCoord::new(0, 1), 1, actor(), Purpose::Spawn)));
        assert_ne!(base, value(roll(1, region, 2, actor(), Purpose::Spawn)));
        assert_ne!(base, value(roll(1, region, 1, actor(), Purpose::WanderPause)));
    }

    #[test]
    fn a_die_is_fair_enough_to_play_with() {
        let mut seen = [0_u32; 20];
        for tick in 0..20_000 {
            let mut dice = roll(3, RegionCoord::new(0, 0), tick, actor(), Purpose::WanderPause);
            seen[dice.die(20) as usize - 1] += 1;
        }
        assert!(seen.iter().all(|&count| (850..1_150).contains(&count)), "{seen:?}");
    }

    proptest! {
        #[test]
        fn any_text_parses_or_is_refused(text in ".{0,60}") {
            if let Ok(dice) = text.parse::<Dice>() {
                let mut counter = roll(0, RegionCoord::new(0, 0), 0, actor(), Purpose::Spawn);
                let total = dice.roll(|sides| counter.die(sides));
                prop_assert!((dice.min()..=dice.max()).contains(&total));
            }
        }
    }
}
