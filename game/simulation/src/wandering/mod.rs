//! NPCs that stroll about their homes.

mod components;
mod population;
mod systems;

pub(crate) use components::{Unborn, Wander, WanderingComponents};
pub(crate) use population::{expect, set_out};
pub(crate) use systems::Wandering;
