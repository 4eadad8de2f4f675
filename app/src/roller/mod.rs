//! The roller: dice with a source for every modifier, the exact chances as a picture, and what the dice say.

mod chart;
pub(crate) mod page;
mod parts;
mod thrown;
