//! The order of a tick, in one place.
//!
//! Before the phases run, [`Simulation::tick`](crate::Simulation::tick) applies the commands in the order in which they were
//! handed in, because they create and delete entities. Then:
//!
//! 1. [`Decide`]: minds choose. NPCs pick where to walk.
//! 2. [`Travel`]: bodies move. Players' requested moves are judged and applied, strides advance.
//! 3. [`Settle`]: the world catches up with the bodies. Terrain that has come near is asked for, far terrain forgotten.
//!
//! A system belongs to a phase and never names another system: what must see its result stands in a later phase.

use flecs_ecs::prelude::*;

/// Minds choose: reads places and terrain, writes intentions.
#[derive(Component)]
pub(crate) struct Decide;

/// Bodies move: reads intentions, writes places.
#[derive(Component)]
pub(crate) struct Travel;

/// The world catches up: reads places, writes bookkeeping.
#[derive(Component)]
pub(crate) struct Settle;

/// Registers the phases, each after the one before.
pub(crate) fn register(world: &World) {
    world
        .component::<Decide>()
        .add(id::<flecs::pipeline::Phase>())
        .depends_on(id::<flecs::pipeline::OnUpdate>());
    world.component::<Travel>().add(id::<flecs::pipeline::Phase>()).depends_on(id::<Decide>());
    world.component::<Settle>().add(id::<flecs::pipeline::Phase>()).depends_on(id::<Travel>());
}
