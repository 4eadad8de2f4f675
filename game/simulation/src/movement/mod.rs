//! Places, and walking from one to another.

mod components;
mod stride;
mod systems;

pub(crate) use components::{MovementComponents, Pace, Place};
pub(crate) use stride::Stride;
pub(crate) use systems::Movement;
