//! What a wanderer keeps in mind.

use flecs_ecs::prelude::*;

use crate::GroundPoint;

/// A creature that walks to points near its home and rests between.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Wander {
    pub(crate) home: GroundPoint,
    /// In 1/256 m.
    pub(crate) leash_units: u32,
    /// It stays where it is before this tick.
    pub(crate) rest_until: u64,
    /// Whether the last stride's end was followed by a rest yet.
    pub(crate) rested: bool,
}

/// How many of the settings' population still wait for ground to stand on.
#[derive(Component, Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Unborn {
    pub(crate) remaining: u32,
    pub(crate) attempts: u32,
}

/// Registers the components of wandering.
#[derive(Component)]
pub(crate) struct WanderingComponents;

impl Module for WanderingComponents {
    fn module(world: &World) {
        world.component::<Wander>();
        world.component::<Unborn>().add_trait::<flecs::Singleton>();
        world.set(Unborn::default());
    }
}
