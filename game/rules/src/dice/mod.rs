//! Dice: the short notation of the rules, the language of the table, and dice that need no memory.
//!
//! Nothing here throws by itself. Whoever throws hands in a function that is called with a number of sides.

mod counter;
mod expression;
mod notation;

pub use counter::{CounterDice, Purpose, roll};
pub use expression::{Expression, ExpressionError, Fate, Odds, Summand, Throw, ThrownDie, ThrownTerm};
pub use notation::{Dice, DiceError};
