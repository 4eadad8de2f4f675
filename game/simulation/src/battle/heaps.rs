//! What the dead leave behind: heaps on the ground, until somebody takes them up or their time is over.
//!
//! What is in a heap is told once, by [`Event::LeftBehind`], to those who keep it. Here is only where it lies and whose it is, so
//! nobody can have of it twice: whoever takes it up takes all of it, and it is gone.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use flecs_ecs::prelude::*;
use grid::Position;
use rules::TICK_HZ;
use rules::combat::{Handle, Refusal};

use super::{Battle, Fray, with_fray};
use crate::{
    EntityId, EntityKind, Event, LeftHeap, OrderRefusal,
    clock::Clock,
    field::feet_of,
    identity::{Identity, Roster},
    movement::{Pace, Place},
};

/// How far somebody reaches to the ground, in feet.
const REACH_FEET: u16 = 5;
/// Most heaps that lie in a region. Of more, the one goes that has least time left.
const HEAPS_MAX: usize = 4_096;

/// Some things on the ground.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Heap {
    pub(crate) entity: EntityId,
    /// What is written on it: the name of who left it.
    #[serde(with = "crate::recording::shared")]
    pub(crate) name: Arc<str>,
    pub(crate) position: Position,
    /// Who has the first right to it, and until when.
    pub(crate) belongs_to: Option<EntityId>,
    theirs_until: u64,
    /// Then it vanishes.
    lies_until: u64,
    #[serde(with = "crate::recording::body_if_any")]
    body: Option<Entity>,
}

/// All heaps of a region.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Heaps {
    lying: BTreeMap<EntityId, Heap>,
    /// When each vanishes, the next first.
    ends: BTreeSet<(u64, EntityId)>,
    /// Those that have no body yet.
    bodiless: Vec<EntityId>,
}

impl Heaps {
    pub(crate) fn find(&self, heap: EntityId) -> Option<&Heap> {
        self.lying.get(&heap)
    }

    /// Whoever has a body has the one that `new` tells from now on.
    pub(super) fn rehouse(&mut self, new: impl Fn(Entity) -> Option<Entity>) {
        for heap in self.lying.values_mut() {
            heap.body = heap.body.and_then(&new);
        }
    }

    /// What later ticks depend on.
    pub(super) fn put(&self, bytes: &mut Vec<u8>) {
        for heap in self.lying.values() {
            bytes.extend(b"h");
            bytes.extend(heap.entity.uuid().as_bytes());
            bytes.extend(heap.belongs_to.map_or([0; 16], |owner| *owner.uuid().as_bytes()));
            bytes.extend(heap.theirs_until.to_be_bytes());
            bytes.extend(heap.lies_until.to_be_bytes());
        }
    }
}

impl Fray<'_> {
    /// Lays things onto the ground.
    pub(super) fn lay(&mut self, left: LeftHeap) {
        let LeftHeap { heap, name, at, belongs_to, lasts_ticks } = left;
        if self.battle.heaps.lying.contains_key(&heap) {
            return;
        }
        if self.battle.heaps.lying.len() >= HEAPS_MAX
            && let Some((_, next)) = self.battle.heaps.ends.pop_first()
        {
            self.vanish(next);
        }
        let lies_until = self.clock.tick + u64::from(lasts_ticks);
        // The first half of its time is its owner's; one that lay here before the region was started anew has used some of it.
        let theirs_until = lies_until.saturating_sub(u64::from(self.battle.settings.heap_ticks) / 2);
        let lying =
            Heap { entity: heap, name, position: at, belongs_to, theirs_until, lies_until, body: None };
        self.battle.heaps.ends.insert((lies_until, heap));
        self.battle.heaps.lying.insert(heap, lying);
        self.battle.heaps.bodiless.push(heap);
    }

    /// Somebody takes a heap up, whole.
    pub(super) fn take_up(&mut self, who: Handle, heap: EntityId) -> Result<(), OrderRefusal> {
        let tick = self.clock.tick;
        let actor = self.battle.actor(who).ok_or(OrderRefusal::NoFighter)?;
        let entity = actor.entity;
        if !actor.is_player || !self.battle.arena.get(who).is_some_and(rules::combat::Creature::can_act) {
            return Err(Refusal::CannotAct.into());
        }
        let lying = self.battle.heaps.find(heap).ok_or(OrderRefusal::UnknownTarget)?;
        let at = self.field.position(who).ok_or(OrderRefusal::UnknownEntity)?;
        let far = at.ground_distance_squared(lying.position).isqrt();
        let distance =
            u16::try_from(feet_of(i64::try_from(far).unwrap_or(i64::MAX / 20_000))).unwrap_or(u16::MAX);
        if distance > REACH_FEET {
            return Err(OrderRefusal::OutOfReach { distance, reach: REACH_FEET });
        }
        let is_anothers = lying
            .belongs_to
            .is_some_and(|owner| owner != entity && !self.battle.parties.are_one(owner, entity));
        if is_anothers && tick < lying.theirs_until {
            let seconds = (lying.theirs_until - tick).div_ceil(u64::from(TICK_HZ));
            return Err(OrderRefusal::NotYours { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) });
        }
        self.remove(heap);
        self.tell(Event::TookUp { entity, heap });
        Ok(())
    }

    /// Heaps whose time is over are gone. Looked at once a second.
    pub(super) fn clear_heaps(&mut self) {
        let tick = self.clock.tick;
        if !tick.is_multiple_of(u64::from(TICK_HZ)) {
            return;
        }
        while self.battle.heaps.ends.first().is_some_and(|(end, _)| *end <= tick) {
            if let Some((_, heap)) = self.battle.heaps.ends.pop_first() {
                self.vanish(heap);
            }
        }
    }

    fn vanish(&mut self, heap: EntityId) {
        self.remove(heap);
        self.tell(Event::Vanished { heap });
    }

    fn remove(&mut self, heap: EntityId) {
        let Some(removed) = self.battle.heaps.lying.remove(&heap) else { return };
        self.battle.heaps.ends.remove(&(removed.lies_until, heap));
        if let Some(body) = removed.body {
            self.battle.empty.push((body, heap));
        }
    }
}

/// Lays down what lay here before the region was started anew.
pub(crate) fn lay_again(world: &World, clock: Clock, left: LeftHeap) {
    with_fray(world, clock, |fray| fray.lay(left));
}

/// Bodies for what was left behind in the last tick.
pub(super) fn embody(world: &World) {
    for entity in world.get::<&mut Battle>(|battle| std::mem::take(&mut battle.heaps.bodiless)) {
        // Whoever was quick has taken it already.
        let Some(heap) = world.get::<&Battle>(|battle| battle.heaps.find(entity).cloned()) else { continue };
        let net_id = world.get::<&mut Roster>(Roster::next_net_id);
        let body = world
            .entity()
            .set(Identity { entity, net_id, kind: EntityKind::Heap, name: heap.name })
            .set(Place { position: heap.position, yaw: 0, moved_at: 0 })
            .set(Pace { units_per_second: 0 });
        world.get::<&mut Battle>(|battle| {
            if let Some(heap) = battle.heaps.lying.get_mut(&entity) {
                heap.body = Some(body.id());
            }
        });
    }
}
