//! Who is in a fight, from the first blow until nobody has struck for two rounds.

use rules::combat::{Economy, Handle, Policy};
use rules::{Purpose, ROUND_TICKS};

use super::{Actor, Fray};
use crate::{Event, Fact};

/// How long someone counts as fighting after the last blow given or taken.
pub(super) const ENGAGED_TICKS: u64 = 2 * ROUND_TICKS;
/// Whoever rolls this for initiative, or more, acts at once.
const INITIATIVE_MAX: i32 = 25;
/// Ticks that each point less makes one wait: the whole of a d20 is spread over two seconds.
const TICKS_PER_POINT: u64 = 6;

impl Fray<'_> {
    /// One has struck at another, or is about to.
    pub(crate) fn come_to_blows(&mut self, one: Handle, other: Handle) {
        let side = |who| self.battle.arena.get(who).map(|creature| creature.side);
        if one == other || side(one).is_none() || side(one) == side(other) {
            return;
        }
        self.engage(one);
        self.engage(other);
        if let Some(actor) = self.battle.actors.get_mut(other) {
            // Whoever is struck at bears a grudge even if it wasn't hurt.
            actor.grudges.add(one, 1);
        }
    }

    /// One has laid something on another that fights: it is part of the fight.
    pub(super) fn touch(&mut self, one: Handle, other: Handle) {
        let side = |who| self.battle.arena.get(who).map(|creature| creature.side);
        if side(one) == side(other) {
            if self.battle.actor(other).is_some_and(Actor::is_engaged) {
                self.engage(one);
            }
        } else {
            self.come_to_blows(one, other);
        }
    }

    /// Makes somebody count as fighting. Whoever did not rolls for initiative.
    pub(super) fn engage(&mut self, who: Handle) {
        let tick = self.clock.tick;
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        if !actor.is_engaged() {
            self.battle.joining.push(who);
        }
        actor.engaged_until = tick + ENGAGED_TICKS;
    }

    /// Whoever has just begun to fight rolls for initiative.
    pub(crate) fn muster_joining(&mut self) {
        while let Some(who) = self.battle.joining.pop() {
            let total = self.play(who, Purpose::Initiative, |play| play.roll_initiative(who));
            let tick = self.clock.tick;
            let Some(actor) = self.battle.actors.get_mut(who) else { continue };
            actor.initiative = total;
            let behind = (INITIATIVE_MAX - total).clamp(0, 40) as u64;
            // Ties are spread by id, so that a crowd that rolls alike does not act in one tick.
            let spread = actor.entity.uuid().as_u64_pair().1 % TICKS_PER_POINT;
            let at = tick + 1 + behind * TICKS_PER_POINT + spread;
            // A turn that would come sooner is not lost by joining a fight.
            actor.turn_at = actor.turn_at.clamp(tick + 1, at);
            let (at, policy) = (actor.turn_at, actor.policy);
            self.battle.turns.put(at, who);
            if let Some(creature) = self.battle.arena.get_mut(who) {
                creature.policy = policy;
                // Before its first turn one can do nothing but react.
                let (reactions, legendary) = (creature.economy.reactions.max(1), creature.legendary_max);
                creature.economy = Economy { reactions, legendary, ..Economy::default() };
            }
            self.repace(who);
            self.tell_fact(who, Fact::Initiative { total });
        }
    }

    /// Lets somebody be at peace whose last blow is long ago.
    pub(super) fn calm_down(&mut self, who: Handle) {
        let tick = self.clock.tick;
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        if !actor.is_engaged() || tick < actor.engaged_until {
            return;
        }
        actor.engaged_until = 0;
        actor.fought_until = Some(tick);
        actor.grudges.clear();
        if let Some(creature) = self.battle.arena.get_mut(who) {
            creature.policy = Policy::Never;
        }
        self.tell_wear(who);
    }

    /// Tells what a player's character has been through.
    pub(super) fn tell_wear(&mut self, who: Handle) {
        let Some(actor) = self.battle.actor(who) else { return };
        let Some(character) = &actor.character else { return };
        let entity = actor.entity;
        if let Some(wear) = self.battle.arena.wear_of(who, character) {
            self.tell(Event::Worn { entity, wear: wear.into() });
        }
    }

    /// Its pace may have changed.
    pub(super) fn repace(&mut self, who: Handle) {
        self.battle.paced.push(who);
    }
}
