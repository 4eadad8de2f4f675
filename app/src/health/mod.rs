//! The Health page: which part is ill, since when, and what to do.

pub(crate) mod page;
mod part_card;
mod read_health;
