//! The edges of turns.

use rules::combat::{Creature, Handle, Life};
use rules::{Purpose, ROUND_TICKS};

use super::{Actor, Fray, Heading};

impl Fray<'_> {
    /// Ends and begins the turns that are due, in order.
    pub(super) fn turn_edges(&mut self) {
        let mut due = std::mem::take(&mut self.battle.due);
        self.battle.turns.take(self.clock.tick, &mut due);
        self.sort_due(&mut due, |actor, tick| actor.turn_at == tick);
        for who in due.drain(..) {
            self.turn_edge(who);
        }
        self.battle.due = due;
    }

    /// Keeps those who are due, each once, in the order in which they act.
    pub(super) fn sort_due(&self, due: &mut Vec<Handle>, is_due: impl Fn(&Actor, u64) -> bool) {
        let tick = self.clock.tick;
        due.retain(|who| self.battle.actor(*who).is_some_and(|actor| is_due(actor, tick)));
        due.sort_unstable_by_key(|who| self.battle.actor(*who).map(Actor::precedence));
        due.dedup();
    }

    fn turn_edge(&mut self, who: Handle) {
        let next = self.clock.tick + ROUND_TICKS;
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        actor.turn_at = next;
        if actor.task.due_at < self.clock.tick {
            // What was missed is looked at anew.
            actor.task.due_at = 0;
        }
        actor.task.parts.clear();
        actor.task.parts_done = 0;
        self.battle.turns.put(next, who);
        self.calm_down(who);
        self.play(who, Purpose::TurnEdge, |play| {
            // A spell that is being cast goes on over the edge: it was begun, so it is paid for when it comes.
            if play.arena.get(who).is_some_and(|creature| creature.turns > 0) {
                play.end_turn(who);
            }
            play.start_turn(who);
        });
        self.recover(who);
        self.repace(who);
        if !self.is_up(who) {
            return;
        }
        self.stand_up(who);
        let Some(actor) = self.battle.actor(who) else { return };
        if actor.mind.is_some() && actor.is_engaged() {
            self.think_when_due(who);
        } else if actor.task.deed.is_some() || actor.task.heading != Heading::Free {
            self.battle.wake(who, self.clock.tick);
        }
    }

    /// Whoever is out of danger comes to after one to four hours. Source: SRD 5.1, "Stabilizing a Creature".
    fn recover(&mut self, who: Handle) {
        let is_stable = self.battle.arena.get(who).is_some_and(|creature| creature.life == Life::Stable);
        let hour = u64::from(self.battle.settings.hour_ticks);
        let (clock, tick) = (self.clock, self.clock.tick);
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        if !is_stable {
            actor.comes_to_at = None;
            return;
        }
        let (known, entity) = (actor.comes_to_at, actor.entity);
        let hours = || u64::from(clock.dice(entity, Purpose::Recovery).die(4));
        let at = known.unwrap_or_else(|| tick + hours() * hour);
        actor.comes_to_at = (tick < at).then_some(at);
        if tick >= at {
            self.play(who, Purpose::Recovery, |play| play.come_to(who));
        }
    }

    /// Whoever lies on the ground and thinks by itself stands up first.
    fn stand_up(&mut self, who: Handle) {
        let thinks = self.battle.actor(who).is_some_and(|actor| actor.mind.is_some());
        let lies = self
            .battle
            .arena
            .get(who)
            .is_some_and(|creature| creature.is(rules::vocabulary::State::Prone) && creature.can_act());
        if thinks && lies {
            let attempt = rules::combat::Attempt {
                who,
                intent: rules::combat::Intent::StandUp,
                aim: rules::combat::Aim::default(),
            };
            // Whoever is held down stays down.
            let _ = self.play(who, Purpose::Deed, |play| play.attempt(attempt));
            self.repace(who);
        }
    }

    /// Whether a fighter is beyond help of its own: dying, stable or dead.
    pub(super) fn is_down(&self, who: Handle) -> bool {
        self.battle
            .arena
            .get(who)
            .is_none_or(|creature: &Creature<'_>| creature.life != Life::Alive || creature.hp <= 0)
    }
}
