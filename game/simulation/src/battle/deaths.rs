//! Falling, dying, what that is worth to others, and coming back.

use std::sync::Arc;

use grid::Position;
use rules::combat::{Handle, Life};
use rules::vocabulary::CreatureType;
use rules::{Id, Purpose, TICK_HZ};

use super::{Fray, Heading};
use crate::{
    EntityId, Event, GroundPoint, HEAP_ITEMS_MAX, LeftHeap, OrderRefusal, field::Ground,
    identity::new_entity_id,
};

/// How long the body of a monster lies before it is gone.
pub(super) const DECAY_TICKS: u64 = 30 * TICK_HZ as u64;
/// After so long a dead player is released without having asked for it.
pub(super) const RELEASE_TICKS: u64 = 120 * TICK_HZ as u64;
/// One in so many times a piece of a monster's gear is whole enough to be taken.
const WHOLE_ONE_IN: u32 = 3;

impl Fray<'_> {
    /// Somebody is at 0 hit points: it does nothing more by itself.
    pub(super) fn fall(&mut self, who: Handle) {
        if let Some(actor) = self.battle.actors.get_mut(who) {
            actor.task.deed = None;
            actor.task.casting_until = 0;
            actor.task.parts.clear();
            actor.task.heading = Heading::Free;
            if let Some(request) = actor.task.request.take() {
                let (entity, refusal) =
                    (actor.entity, OrderRefusal::Rules(rules::combat::Refusal::CannotAct));
                self.tell(Event::OrderFailed { request, entity, refusal });
            }
            self.battle.headed.push(who);
        }
        self.repace(who);
    }

    pub(super) fn die(&mut self, who: Handle, by: Handle) {
        let tick = self.clock.tick;
        self.fall(who);
        let (entity, by_entity) = (self.entity(who), self.entity(by));
        self.battle.dead.push(who);
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        actor.died_at = Some(tick);
        let is_monster = actor.monster.is_some() && !actor.is_player;
        let (experience, grudges) = (actor.experience, actor.grudges);
        self.tell(Event::Died { entity, by: by_entity });
        if is_monster {
            // Whoever gave it a blow has fought it; what was only aimed at it doesn't count.
            let fought = |who: &Handle| self.battle.actor(*who).is_some_and(|actor| actor.is_player);
            let fighters: Vec<(Handle, u32)> = grudges.iter().filter(|(who, _)| fought(who)).collect();
            let blows: Vec<Handle> = fighters.iter().map(|(player, _)| *player).collect();
            self.award(who, experience, &blows);
            // The one who did most has the first right; among equals, the first by id.
            let first =
                fighters.iter().map(|(player, harm)| (*harm, std::cmp::Reverse(self.entity(*player)))).max();
            self.leave_behind(who, first.map(|(_, player)| player.0));
        }
        self.tell_wear(who);
    }

    /// What a monster had is left on the ground.
    fn leave_behind(&mut self, who: Handle, belongs_to: Option<EntityId>) {
        let Some(actor) = self.battle.actor(who) else { return };
        let library = self.battle.arena.library();
        let Some(monster) = actor.monster.and_then(|id| library.monster(id)) else { return };
        let entity = actor.entity;
        if self.battle.arena.get(who).is_none_or(|creature| creature.summoned_by.is_some()) {
            return;
        }
        let mut dice = self.clock.dice(entity, Purpose::Loot);
        let carries = matches!(
            monster.kind,
            CreatureType::Humanoid
                | CreatureType::Giant
                | CreatureType::Dragon
                | CreatureType::Fiend
                | CreatureType::Fey
        );
        let eighths =
            self.battle.arena.get(who).map_or(0, |creature| u32::from(creature.sheet.challenge_eighths));
        // Ours: a handful of silver for a goblin, a hoard's handful of gold for a dragon.
        let money_cp =
            if carries { (dice.die(6) + dice.die(6) + dice.die(6)) * 5 * (eighths + 1) } else { 0 };
        let mut items = [None; HEAP_ITEMS_MAX];
        let whole: Vec<Id> = monster
            .armor
            .iter()
            .filter(|item| library.item(**item).is_some())
            .filter(|_| dice.die(WHOLE_ONE_IN) == 1)
            .copied()
            .collect();
        for (place, item) in items.iter_mut().zip(whole) {
            *place = Some(item);
        }
        if money_cp == 0 && items == [None; HEAP_ITEMS_MAX] {
            return;
        }
        let name: Arc<str> = Arc::from(&*monster.name);
        let (heap, at) = (self.new_id(), self.field.position(who).unwrap_or_default());
        let lasts_ticks = self.battle.settings.heap_ticks;
        self.lay(LeftHeap { heap, name: Arc::clone(&name), at, belongs_to, lasts_ticks });
        self.tell(Event::LeftBehind { entity, heap, name, at, belongs_to, money_cp, items });
    }

    /// A new id of this tick.
    pub(super) fn new_id(&mut self) -> EntityId {
        self.battle.births += 1;
        // Far from the ordinals of those who are set out by the settings.
        new_entity_id(&self.battle.settings, self.clock, 0x8000_0000 | self.battle.births)
    }

    /// Somebody was brought back to life.
    pub(super) fn rise(&mut self, who: Handle) {
        let entity = self.entity(who);
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        actor.died_at = None;
        let position = self.field.position(who).unwrap_or_default();
        self.repace(who);
        self.tell(Event::Revived { entity, position });
    }

    /// Somebody who was down stands again by being healed.
    pub(super) fn get_up(&mut self, who: Handle) {
        self.repace(who);
    }

    /// Bodies that have lain long enough go; players who have waited long enough are released.
    pub(super) fn bury(&mut self) {
        let tick = self.clock.tick;
        // Once a second is soon enough.
        if !tick.is_multiple_of(u64::from(TICK_HZ)) {
            return;
        }
        let mut dead = std::mem::take(&mut self.battle.dead);
        dead.sort_unstable();
        dead.dedup();
        // Whoever lives again or has left already is forgotten.
        dead.retain(|who| self.battle.actor(*who).is_some_and(|actor| actor.died_at.is_some()));
        for who in &dead {
            let Some(actor) = self.battle.actor(*who) else { continue };
            let lies = if actor.is_player { RELEASE_TICKS } else { DECAY_TICKS };
            if actor.died_at.is_none_or(|at| tick < at + lies) {
                continue;
            }
            if actor.is_player {
                // Where nobody can stand at the moment, the next second has another try.
                let _ = self.release(*who);
            } else {
                self.go(*who, None);
            }
        }
        // Whoever died of somebody's leaving has filled a new list.
        dead.append(&mut self.battle.dead);
        self.battle.dead = dead;
    }

    /// A dead player stands at the region's spawn point again, whole.
    ///
    /// # Errors
    /// It is not dead, or nobody can stand there.
    pub(super) fn release(&mut self, who: Handle) -> Result<(), OrderRefusal> {
        let creature = self.battle.arena.get_mut(who).ok_or(OrderRefusal::NoFighter)?;
        if creature.life != Life::Dead {
            return Err(OrderRefusal::Alive);
        }
        let spawn = self.battle.settings.spawn;
        let ground = Ground { field: self.field, terrain: self.terrain };
        let here = ground.field.position(who).unwrap_or_default();
        let position = ground
            .room_near(spawn, |other| other != who)
            .or_else(|| self.terrain.nearest_in_cell(spawn.cell(), spawn))
            .or_else(|| self.terrain.stand(GroundPoint::from(here)).ok())
            .ok_or(OrderRefusal::NoWay)?;
        let creature = self.battle.arena.get_mut(who).ok_or(OrderRefusal::NoFighter)?;
        creature.life = Life::Alive;
        creature.dead_rounds = 0;
        let whole = super::hit_points_max(self.battle, who);
        if let Some(creature) = self.battle.arena.get_mut(who) {
            creature.hp = whole;
        }
        self.take_to(who, position);
        if let Some(actor) = self.battle.actors.get_mut(who) {
            actor.engaged_until = 0;
            actor.grudges.clear();
        }
        self.rise(who);
        self.tell_wear(who);
        Ok(())
    }

    /// Puts somebody elsewhere at once.
    pub(super) fn take_to(&mut self, who: Handle, position: Position) {
        self.field.set(who, position);
        self.field.displaced.push(who);
        self.play(who, Purpose::Arrival, |play| play.moved(who));
    }
}
