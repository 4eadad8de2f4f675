//! The order of a tick, in one place.
//!
//! Before the phases run, [`Simulation::tick`](crate::Simulation::tick) applies the commands in the order in which they were
//! handed in, because they create and delete entities. Then:
//!
//! 1. [`Decide`]: minds choose. Orders are judged, idle monsters look about for foes, NPCs pick where to walk, ways are looked for.
//! 2. [`Travel`]: bodies move. Players' requested moves are judged and applied, strides advance.
//! 3. [`Step`]: the rules look at the bodies. Whoever has gone five feet may be struck in passing, and enters and leaves zones.
//! 4. [`Clash`]: turns end and begin, and what is due is done, sorted by initiative, Dexterity and id. The dead are counted.
//! 5. [`Settle`]: the world catches up. Bodies go where the rules have moved them, paces change, terrain that has come near is asked
//!    for, far terrain forgotten.
//!
//! A system belongs to a phase and never names another system: what must see its result stands in a later phase.

use flecs_ecs::prelude::*;

/// Minds choose: reads places and terrain, writes intentions.
#[derive(Component)]
pub(crate) struct Decide;

/// Bodies move: reads intentions, writes places.
#[derive(Component)]
pub(crate) struct Travel;

/// The rules look at bodies: reads places, judges steps.
#[derive(Component)]
pub(crate) struct Step;

/// The rules' turns and deeds: reads tasks, changes fighters.
#[derive(Component)]
pub(crate) struct Clash;

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
    world.component::<Step>().add(id::<flecs::pipeline::Phase>()).depends_on(id::<Travel>());
    world.component::<Clash>().add(id::<flecs::pipeline::Phase>()).depends_on(id::<Step>());
    world.component::<Settle>().add(id::<flecs::pipeline::Phase>()).depends_on(id::<Clash>());
}
