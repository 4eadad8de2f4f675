//! The Overview: the live figures of the game.

pub(crate) mod page;
mod read_figures;
