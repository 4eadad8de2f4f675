//! The tick's number, the dice that hang on it, and what the tick has to tell.

use flecs_ecs::prelude::*;
use grid::RegionCoord;

use rules::{CounterDice, Purpose};

use crate::{EntityId, Event};

/// Which tick it is, and whose dice are thrown.
#[derive(Component, Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Clock {
    pub(crate) tick: u64,
    pub(crate) seed: u64,
    pub(crate) region: RegionCoord,
}

impl Clock {
    /// The dice of this tick, this actor and this purpose alone.
    pub(crate) fn dice(&self, actor: EntityId, purpose: Purpose) -> CounterDice {
        rules::roll(self.seed, self.region, self.tick, actor, purpose)
    }
}

/// What the running tick has to tell.
#[derive(Component, Debug, Default)]
pub(crate) struct Report {
    pub(crate) events: Vec<Event>,
}

/// Registers the clock and the report.
pub(crate) fn register(world: &World, clock: Clock) {
    world.component::<Clock>().add_trait::<flecs::Singleton>();
    world.component::<Report>().add_trait::<flecs::Singleton>();
    world.set(clock);
    world.set(Report::default());
}
