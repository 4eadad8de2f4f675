//! Equal dice and a constant, the notation of weapons and hit dice: `2d6+3`.

use std::{fmt, str::FromStr};

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
    /// Dice without a constant. Counts and sides beyond a thousand are cut to it.
    #[must_use]
    pub const fn of(count: u32, sides: u32) -> Self {
        let count = if count > COUNT_MAX { COUNT_MAX } else { count };
        let sides = if sides > SIDES_MAX { SIDES_MAX } else { sides };
        Self { count, sides, bonus: 0 }
    }

    /// How many dice.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// How many sides each of them has.
    #[must_use]
    pub const fn sides(self) -> u32 {
        self.sides
    }

    /// The constant.
    #[must_use]
    pub const fn bonus(self) -> i32 {
        self.bonus
    }

    /// The same dice with another constant, cut to a million up or down.
    #[must_use]
    pub fn plus(self, bonus: i32) -> Self {
        Self { bonus: self.bonus.saturating_add(bonus).clamp(-BONUS_MAX, BONUS_MAX), ..self }
    }

    /// The mean of a throw.
    #[must_use]
    pub fn mean(self) -> f64 {
        f64::from(self.count) * (f64::from(self.sides) + 1.0) / 2.0 + f64::from(self.bonus)
    }

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    proptest! {
        #[test]
        fn any_text_parses_or_is_refused(text in ".{0,60}") {
            if let Ok(dice) = text.parse::<Dice>() {
                let mut face = 0;
                let total = dice.roll(|sides| { face = (face * 31 + 7) % 9_973; face % sides + 1 });
                prop_assert!((dice.min()..=dice.max()).contains(&total));
            }
        }
    }
}
