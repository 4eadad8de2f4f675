//! The 5E-compatible rules as pure maths and data.
//!
//! Nothing here reads a clock, draws a random number of its own or does IO: dice are handed in, so the same dice give
//! the same outcome on every machine, and a rule can't fail for reasons outside the rules.
//!
//! # Notice
//!
//! Numbers and names follow the System Reference Document 5.1 by Wizards of the Coast LLC, available under the
//! Creative Commons Attribution 4.0 International License (CC-BY-4.0), <https://creativecommons.org/licenses/by/4.0/>.
//! The wording and the code are our own; the source section is named beside each table.

mod ability;
mod creature;
mod dice;
mod movement;
mod race;

pub use ability::{Ability, modifier};
pub use creature::CreatureKind;
pub use dice::{CounterDice, Dice, DiceError, Purpose, roll};
pub use movement::{Feet, ROUND_TICKS, TICK_HZ};
pub use race::Race;
