//! Combat: creatures with all that lies on them, and what they do to each other.
//!
//! An [`Arena`] holds the creatures of a place. [`Play`] is given the arena, a [`Space`] that knows where everybody is,
//! dice, and a list for what happens; it takes [`Intent`]s and plays them by the content's trees. There is no clock and
//! no list of turns in here: whoever drives it says when a creature's turn starts and ends, so six-second rounds at a
//! table and personal rounds in real time are the same to it.
//!
//! How someone could get it wrong: holding on to a [`Handle`] after its creature left (ask [`Arena::get`]), or moving
//! somebody without telling ([`Play::moved`]), so that zones and opportunity attacks miss it.

mod arena;
mod build;
mod character;
mod creature;
mod event;
mod forecast;
mod intent;
mod lasting;
mod names;
mod play;
mod scene;
mod space;
mod stats;
mod tally;

pub use arena::{Arena, Handle};
pub use build::Wielded;
pub use creature::{Creature, Economy, Form, Life, Policy, Sheet, SpellBook, Stock, Suit, Ward};
pub use event::{ADDED_MAX, Happening, Outcome, RollParts};
pub use forecast::{Forecast, Moments, Spread, Toll};
pub use intent::{Aim, Attempt, Intent, Refusal, ShoveTo};
pub use lasting::{Area, EffectKey, Ends, Lasting};
pub use play::{Context, EventFacts, Play};
pub use scene::Scene;
pub use space::{OpenField, Space, Volume};
pub use tally::{AddedDice, Tally};
