//! Walking as the rules see it: step by step, past enemies and through zones, at the pace that is left.

use rules::combat::{Handle, Refusal};
use rules::{Feet, Purpose};

use super::{Actor, Fray, Heading};
use crate::{GroundPoint, field::Ground};

/// A step, in feet.
const STEP_FEET: u16 = 5;
/// How soon somebody who follows another looks where it is.
const FOLLOW_TICKS: u64 = 20;
/// How much nearer than asked for one goes, so that rounding does not leave one a hand's breadth short.
const CLOSER_UNITS: i64 = 64;

impl Fray<'_> {
    /// Judges the steps of this tick, in order.
    pub(super) fn steps(&mut self) {
        let mut marks = std::mem::take(&mut self.field.marks);
        marks.sort_unstable_by_key(|mark| self.battle.actor(mark.handle).map(Actor::precedence));
        for mark in marks.drain(..) {
            let who = mark.handle;
            let Some(actor) = self.battle.actor(who) else { continue };
            let engaged = actor.is_engaged();
            let mut taken = Ok(());
            if self.ask(who, |play| play.is_barred(who, mark.to)) {
                taken = Err(Refusal::Barred);
            } else if engaged {
                taken = self.play(who, Purpose::Step, |play| {
                    play.takes_over(who);
                    play.sets_off(who, mark.to, STEP_FEET, false)
                });
            }
            if let Err(refusal) = taken {
                // It was stopped before it left: the body goes back to where it set off.
                self.field.displaced.push(who);
                self.head(who, Heading::Free);
                if refusal == Refusal::Barred {
                    self.give_way(who);
                }
                continue;
            }
            self.field.set(who, mark.to);
            self.play(who, Purpose::Arrival, |play| play.moved(who));
        }
        self.field.marks = marks;
    }

    /// A barrier keeps somebody from whom it wanted to reach: what it was about has failed, unless it can be done from here.
    fn give_way(&mut self, who: Handle) {
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        if let Some(deed) = &mut actor.task.deed {
            deed.approaches = false;
            let at = self.clock.tick;
            self.battle.wake(who, at);
        }
    }

    /// How fast somebody may walk now, in 1/256 m a second. In a fight it is the movement that is left of the turn, which
    /// dashing doubles and standing up halves.
    pub(super) fn pace(&mut self, who: Handle) -> u32 {
        if !self.is_up(who) {
            return 0;
        }
        let speed = self.ask(who, |play| play.walking_speed(who));
        let (engaged, movement) = (
            self.battle.actor(who).is_some_and(Actor::is_engaged),
            self.battle.arena.get(who).map_or(0, |creature| creature.economy.movement),
        );
        // Before its first turn in a fight one still walks.
        let feet = if engaged && movement > 0 && speed > 0 { movement } else { speed };
        Feet(feet).units_per_second(self.battle.scale)
    }

    /// Somebody wants to walk elsewhere than before.
    pub(crate) fn head(&mut self, who: Handle, heading: Heading) {
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        if actor.task.heading != heading || heading != Heading::Free {
            actor.task.heading = heading;
            self.battle.headed.push(who);
        }
    }

    /// Follows whom it follows.
    pub(super) fn keep_heading(&mut self, who: Handle) {
        let Some(actor) = self.battle.actor(who) else { return };
        if let Heading::Near(target, _) = actor.task.heading {
            if self.battle.arena.get(target).is_none() {
                self.head(who, Heading::Free);
                return;
            }
            self.battle.headed.push(who);
            self.battle.wake(who, self.clock.tick + FOLLOW_TICKS);
        }
    }

    /// Where a heading leads just now; `None` to stand still.
    pub(super) fn destination(&mut self, who: Handle, heading: Heading) -> Option<GroundPoint> {
        match heading {
            Heading::Free => None,
            Heading::To(point) => Some(point),
            Heading::Near(target, feet) => {
                let own = *self.field.body(who)?;
                let other = *self.field.body(target)?;
                let (here, there) = (GroundPoint::from(own.position), GroundPoint::from(other.position));
                let far = here.distance(there)?;
                let wide = own.wide_feet + other.wide_feet;
                let stay = crate::field::units_of(i64::from(feet.max(5)) + wide) - CLOSER_UNITS;
                if far <= stay.max(256) {
                    return None;
                }
                let ground = Ground { field: self.field, terrain: self.terrain };
                let arena = &self.battle.arena;
                let stands = |handle: Handle| {
                    handle != who && arena.get(handle).is_some_and(rules::combat::Creature::is_up)
                };
                ground.room_beside(there, here, stay, stands).map(GroundPoint::from)
            }
        }
    }
}
