//! Where bodies are, and how fast they go.

use flecs_ecs::prelude::*;
use grid::Position;

use super::Stride;

/// Where a body stands and looks.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Place {
    pub(crate) position: Position,
    /// 256ths of a turn, clockwise from north.
    pub(crate) yaw: u8,
    /// The tick of the last step; what moved in this tick is walking.
    pub(crate) moved_at: u64,
}

/// How fast a body walks.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Pace {
    /// 1/256 m a second.
    pub(crate) units_per_second: u32,
}

/// Registers the components of movement.
#[derive(Component)]
pub(crate) struct MovementComponents;

impl Module for MovementComponents {
    fn module(world: &World) {
        world.component::<Place>();
        world.component::<Pace>();
        world.component::<Stride>();
    }
}
