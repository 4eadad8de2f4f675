//! Monsters that think: whatever they can do to whomever, weighed by what the rules expect of it.
//!
//! A thought goes through everything that a creature can do now (its attacks, actions and spells), at everybody for whom it
//! makes sense, asks the rules' forecast what would come of it, and picks the best. So a spell that is added as data is used
//! well the same day. Intelligence and Wisdom bound how much is considered and when one runs.
//!
//! Thoughts are had at the start of a creature's own turn, which spreads them over the round; a budget bounds those of one tick.
//! Whoever is at peace looks about for foes, the more seldom the farther players are.

mod attention;
mod bonds;
mod fear;
mod focus;
mod look;
mod mind;
mod options;
mod places;
mod risk;
mod think;
mod thinking;
mod weigh;

pub(crate) use attention::Attention;
pub(crate) use mind::Mind;
pub use mind::{Weighed, Why, Wits};
pub(crate) use thinking::Budget;
pub use thinking::Thinking;
