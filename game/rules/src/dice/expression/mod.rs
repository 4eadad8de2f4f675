//! Dice expressions as people write them at a table: `4d6kh3 + 2`, `(1d8 + 3) [fire] * 2`, `8d6mi2`.
//!
//! | written | means |
//! |---|---|
//! | `3d6`, `d20` | dice |
//! | `1.5`, `.5` | a number, to the thousandth; what comes out in the end is rounded down |
//! | `(1d4, 2, 1d6)` | a set, worth the sum of its members |
//! | `+ - * / // % == != < > <= >=` | sums before comparisons, products before sums; division rounds down; a comparison is 1 or 0 |
//! | `k`, `p` or `d` | keep or drop what the selector picks, of dice or of a set |
//! | `rr`, `ro`, `ra` | roll again until none is picked; once; one die once, and add it |
//! | `e` | a further die for each that is picked |
//! | `mi`, `ma` | the least and the most that a die counts |
//! | `[fire]` | a label, which changes nothing |
//!
//! A selector follows each: `h2` the highest two, `l1` the lowest, `>4`, `<3`, or a number for exactly that face. `d` drops
//! only with `h` or `l`, since `d6` is a die.
//!
//! Anyone may send an expression, so everything has a limit: length, depth, dice thrown, size of numbers. An expression that never
//! ends (`1d1rr1`) runs into the limit of dice and is an error, in [`Expression::throw`] and in [`Expression::odds`] alike.

mod odds;
mod parse;
mod show;
mod summands;
mod throw;

pub use odds::Odds;
pub use summands::Summand;
pub use throw::{Fate, Throw, ThrownDie, ThrownTerm};

/// Most characters of an expression.
const LENGTH_MAX: usize = 500;
/// Most levels of parentheses and signs.
const DEPTH_MAX: usize = 32;
/// Most dice that one throw may use, rerolled ones included.
const DICE_MAX: u32 = 1_000;
/// Most sides of a die.
const SIDES_MAX: u32 = 1_000;
/// The largest number that may come up, up or down.
const NUMBER_MAX: i64 = 1_000_000_000;
/// Numbers are reckoned with in thousandths, so that those with a point stay exact.
const UNIT: i64 = 1_000;

/// A dice expression that was read and understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    root: Node,
}

/// Why an expression can't be read, thrown or reckoned with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// Something else was expected.
    #[error("at character {at}: expected {expected}")]
    Unexpected {
        /// Where, counted from 1.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// A limit of length or depth.
    #[error("the expression is too long or too deep: at most 500 characters and 32 levels")]
    TooLong,
    /// More dice than allowed, or a reroll that never ends.
    #[error("this needs more than 1000 dice")]
    TooManyDice,
    /// A die without sides, or with too many.
    #[error("a die has 1 to 1000 sides")]
    Sides,
    /// A number beyond a thousand millions.
    #[error("a number is beyond 1000000000")]
    TooLarge,
    /// Division by nothing.
    #[error("division by zero")]
    DivisionByZero,
    /// The chances can't be worked out exactly with bounded effort; the expression can still be thrown.
    #[error("the exact chances of this are out of reach")]
    OddsOutOfReach,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// In thousandths.
    Number(i64),
    Dice {
        count: u32,
        sides: u32,
        steps: Vec<Step>,
    },
    Set {
        members: Vec<Node>,
        steps: Vec<Step>,
    },
    Negative(Box<Node>),
    Binary {
        operator: Operator,
        left: Box<Node>,
        right: Box<Node>,
    },
    Labelled {
        node: Box<Node>,
        label: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    Greater,
    AtMost,
    AtLeast,
}

impl Operator {
    /// Both numbers and the result are in thousandths.
    fn apply(self, left: i64, right: i64) -> Result<i64, ExpressionError> {
        let (left, right, unit) = (i128::from(left), i128::from(right), i128::from(UNIT));
        let result = match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => floor_division(left * right, unit),
            Self::Divide | Self::Remainder if right == 0 => return Err(ExpressionError::DivisionByZero),
            Self::Divide => floor_division(left, right) * unit,
            Self::Remainder => left - right * floor_division(left, right),
            Self::Equal => i128::from(left == right) * unit,
            Self::NotEqual => i128::from(left != right) * unit,
            Self::Less => i128::from(left < right) * unit,
            Self::Greater => i128::from(left > right) * unit,
            Self::AtMost => i128::from(left <= right) * unit,
            Self::AtLeast => i128::from(left >= right) * unit,
        };
        i64::try_from(result)
            .ok()
            .filter(|result| result.abs() <= NUMBER_MAX * UNIT)
            .ok_or(ExpressionError::TooLarge)
    }
}

/// The rules round down, also below zero.
const fn floor_division(left: i128, right: i128) -> i128 {
    let quotient = left / right;
    if left % right != 0 && (left < 0) != (right < 0) { quotient - 1 } else { quotient }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Keep(Selector),
    Drop(Selector),
    RerollAll(Selector),
    RerollOnce(Selector),
    RerollAdd(Selector),
    Explode(Selector),
    Minimum(i64),
    Maximum(i64),
}

/// Steps of a set, whose members are reckoned with in thousandths.
fn in_thousandths(steps: &[Step]) -> Vec<Step> {
    let scaled = |selector: Selector| match selector {
        Selector::Exactly(face) => Selector::Exactly(face * UNIT),
        Selector::Above(bound) => Selector::Above(bound * UNIT),
        Selector::Below(bound) => Selector::Below(bound * UNIT),
        Selector::Highest(_) | Selector::Lowest(_) => selector,
    };
    let of_set = |step: &Step| match *step {
        Step::Keep(selector) => Step::Keep(scaled(selector)),
        Step::Drop(selector) => Step::Drop(scaled(selector)),
        of_dice => of_dice,
    };
    steps.iter().map(of_set).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Selector {
    Exactly(i64),
    Above(i64),
    Below(i64),
    Highest(u32),
    Lowest(u32),
}

impl Selector {
    /// Whether a face is picked, for the selectors that look at one face alone.
    const fn picks(self, face: i64) -> Option<bool> {
        match self {
            Self::Exactly(wanted) => Some(face == wanted),
            Self::Above(bound) => Some(face > bound),
            Self::Below(bound) => Some(face < bound),
            Self::Highest(_) | Self::Lowest(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
