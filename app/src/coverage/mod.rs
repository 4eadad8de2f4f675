//! How much of the rules the engine plays, told row by row.

pub(crate) mod page;
mod read_coverage;
