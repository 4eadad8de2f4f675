//! Everything that a play needs, lent together for a while.

use flecs_ecs::prelude::*;
use rules::combat::{Handle, Play};
use rules::{CounterDice, Purpose};

use super::Battle;
use crate::{
    EntityId, Event, Fact,
    clock::{Clock, Report},
    field::{Field, Ground},
    terrain::Terrain,
};

/// The fighters, where they are, and whom to tell.
pub(crate) struct Fray<'a> {
    pub(crate) battle: &'a mut Battle,
    pub(crate) field: &'a mut Field,
    pub(crate) terrain: &'a Terrain,
    pub(crate) report: &'a mut Report,
    pub(crate) clock: Clock,
}

impl Fray<'_> {
    /// Plays by the rules with the dice of an actor, a tick and a purpose, then tells what happened.
    pub(crate) fn play<T>(
        &mut self,
        who: Handle,
        purpose: Purpose,
        act: impl for<'p, 'g> FnOnce(&mut Play<'p, 'static, Ground<'g>, CounterDice>) -> T,
    ) -> T {
        let entity = self.entity(who);
        let mut dice = self.clock.dice(entity, purpose);
        let mut ground = Ground { field: self.field, terrain: self.terrain };
        let battle = &mut *self.battle;
        let mut play = Play::new(&mut battle.arena, &mut ground, &mut dice, &mut battle.happenings);
        let result = act(&mut play);
        self.witness();
        result
    }

    /// Asks the rules something that changes nothing.
    pub(crate) fn ask<T>(
        &mut self,
        who: Handle,
        ask: impl for<'p, 'g> FnOnce(&Play<'p, 'static, Ground<'g>, CounterDice>) -> T,
    ) -> T {
        let mut dice = self.clock.dice(self.entity(who), Purpose::Thought);
        let mut ground = Ground { field: self.field, terrain: self.terrain };
        let battle = &mut *self.battle;
        ask(&Play::new(&mut battle.arena, &mut ground, &mut dice, &mut battle.happenings))
    }

    /// The entity of a fighter; one that has left has none any more, and gets the nil id.
    pub(crate) fn entity(&self, who: Handle) -> EntityId {
        self.battle.actor(who).map_or(EntityId::from_uuid(uuid::Uuid::nil()), |actor| actor.entity)
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.report.events.push(event);
    }

    pub(crate) fn tell_fact(&mut self, who: Handle, fact: Fact) {
        let entity = self.entity(who);
        self.tell(Event::Fought { entity, fact });
    }

    /// Whether a fighter stands and can be harmed further.
    pub(crate) fn is_up(&self, who: Handle) -> bool {
        self.battle.arena.get(who).is_some_and(rules::combat::Creature::is_up)
    }
}

/// Lends the fray out of the world, outside of systems.
pub(crate) fn with_fray<T>(world: &World, clock: Clock, act: impl FnOnce(&mut Fray<'_>) -> T) -> T {
    world.get::<&mut Battle>(|battle| {
        world.get::<&mut Field>(|field| {
            world.get::<&Terrain>(|terrain| {
                world.get::<&mut Report>(|report| act(&mut Fray { battle, field, terrain, report, clock }))
            })
        })
    })
}
