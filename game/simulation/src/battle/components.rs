//! The fighters of a region: their creatures in the rules' arena, and what links them to bodies.

use std::time::Duration;

use flecs_ecs::prelude::*;
use grid::RequestId;
use rules::combat::{Arena, Handle, Happening};
use rules::content::srd;
use rules::{Id, Ruleset};

use super::{
    actor::{Actor, Actors},
    heaps::Heaps,
    parties::Parties,
    wheel::Wheel,
};
use crate::{
    EntityId, Order, SimulationSettings, Thinking,
    minds::{Attention, Budget},
};

/// Links a body to its creature.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Fighter(pub(crate) Handle);

/// An order that waits for this tick.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Told {
    pub(crate) request: RequestId,
    pub(crate) entity: EntityId,
    pub(crate) order: Order,
}

/// All who can fight, and what happens among them.
///
/// What one does touches any number of others in an order that matters, so it is kept in tables by handle instead of in
/// components: a system that goes from row to row could not do it.
#[derive(Component, Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Battle {
    pub(crate) arena: Arena<'static>,
    pub(crate) actors: Actors,
    /// Whose turn begins when.
    pub(crate) turns: Wheel,
    /// Whose task is looked at when.
    pub(crate) deeds: Wheel,
    /// Who looks about for foes when.
    pub(crate) looks: Wheel,
    /// Orders that wait.
    pub(crate) orders: Vec<Told>,
    /// What the play that runs has told so far.
    #[serde(skip)]
    pub(crate) happenings: Vec<Happening<'static>>,
    /// Who begins to fight, and rolls for initiative when the play that runs is over.
    pub(crate) joining: Vec<Handle>,
    /// Fighters that came in the middle of a play and have no body yet.
    pub(crate) bodiless: Vec<Handle>,
    /// Bodies whose fighter has left.
    #[serde(with = "crate::recording::bodies_of")]
    pub(crate) empty: Vec<(Entity, EntityId)>,
    /// Those who have died, as far as they lie here.
    pub(crate) dead: Vec<Handle>,
    /// What lies on the ground.
    pub(crate) heaps: Heaps,
    /// Who plays together.
    pub(crate) parties: Parties,
    /// Players that fight.
    pub(crate) players: Vec<Handle>,
    /// Whose pace may have changed.
    pub(crate) paced: Vec<Handle>,
    /// Who wants to walk elsewhere than before.
    pub(crate) headed: Vec<Handle>,
    /// Multiplies the rules' walking speeds.
    pub(crate) scale: f64,
    /// How much was thought in this tick.
    pub(crate) budget: Budget,
    /// What thinking has cost so far. It tells of the machine, so it is no part of the state.
    #[serde(skip)]
    pub(crate) thinking: Thinking,
    /// Tells time, if somebody wants to know how long thinking takes. Nothing is decided by it.
    #[serde(skip)]
    pub(crate) stopwatch: Option<fn() -> Duration>,
    /// New ids are made of these.
    pub(crate) births: u32,
    pub(crate) settings: SimulationSettings,
    #[serde(skip)]
    pub(crate) due: Vec<Handle>,
    /// Lists that are used again by each thought: spells at hand, and who stands near.
    #[serde(skip)]
    pub(crate) spells: Vec<(Id, u8)>,
    #[serde(skip)]
    pub(crate) near: Vec<Handle>,
    /// How closely places are watched.
    pub(crate) attention: Attention,
}

impl Battle {
    fn new(settings: &SimulationSettings) -> Self {
        Self {
            arena: Arena::new(srd(), Ruleset::default()),
            actors: Actors::default(),
            turns: Wheel::default(),
            deeds: Wheel::default(),
            looks: Wheel::default(),
            orders: Vec::new(),
            happenings: Vec::new(),
            joining: Vec::new(),
            bodiless: Vec::new(),
            empty: Vec::new(),
            dead: Vec::new(),
            heaps: Heaps::default(),
            parties: Parties::default(),
            players: Vec::new(),
            paced: Vec::new(),
            headed: Vec::new(),
            scale: settings.movement_scale,
            budget: Budget::default(),
            thinking: Thinking::default(),
            stopwatch: None,
            births: 0,
            settings: settings.clone(),
            due: Vec::new(),
            spells: Vec::new(),
            near: Vec::new(),
            attention: Attention::default(),
        }
    }

    /// The fighter of a player.
    pub(crate) fn find_player(&self, entity: EntityId) -> Option<Handle> {
        self.actors.find(entity).filter(|who| self.actor(*who).is_some_and(|actor| actor.is_player))
    }

    /// Whoever has a body has the one that `new` tells from now on.
    pub(crate) fn rehouse(&mut self, new: impl Fn(Entity) -> Option<Entity>) {
        for actor in self.actors.iter_mut() {
            actor.body = actor.body.and_then(&new);
        }
        self.heaps.rehouse(&new);
        self.empty = std::mem::take(&mut self.empty)
            .into_iter()
            .filter_map(|(body, entity)| Some((new(body)?, entity)))
            .collect();
    }

    /// The fighter's actor.
    pub(crate) fn actor(&self, who: Handle) -> Option<&Actor> {
        self.actors.get(who)
    }

    /// Makes a task be looked at in `ticks`, unless it is looked at sooner.
    pub(crate) fn wake(&mut self, who: Handle, at: u64) {
        let Some(actor) = self.actors.get_mut(who) else { return };
        if actor.task.due_at == 0 || at < actor.task.due_at {
            actor.task.due_at = at;
            self.deeds.put(at, who);
        }
    }
}

/// Registers the components of battle, at peace.
pub(crate) fn register(world: &World, settings: &SimulationSettings) {
    world.component::<Fighter>();
    world.component::<Battle>().add_trait::<flecs::Singleton>();
    world.set(Battle::new(settings));
    world.component::<crate::field::Field>().add_trait::<flecs::Singleton>();
    world.set(crate::field::Field::new(settings.region));
}
