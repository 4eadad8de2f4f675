//! Where the rules see everybody: a spatial grid of the region, and the answers that they ask of space.
//!
//! A body's own place changes every tick; here it changes by steps of five feet, when it stops, and when the rules move it. So a
//! range is asked of standing pictures, and zones and reach are judged step by step, as at a table.

mod bodies;
mod glances;
mod sight;
mod space;

pub(crate) use bodies::{Body, Field, Mark, feet_of, units_of};
pub(crate) use space::Ground;
