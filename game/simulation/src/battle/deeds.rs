//! What fighters do, when it is due, one after the other.

use rules::combat::{Attempt, Handle, Intent, Refusal};
use rules::content::CastingTime;
use rules::{Purpose, TICK_HZ};

use super::{Actor, Deed, Doing, Fray, Heading};
use crate::{Event, Fact, OrderRefusal};

/// How long casting with an action takes: the window in which a spell can be countered.
const CASTING_TICKS: u64 = TICK_HZ as u64;
/// And with a bonus action.
const QUICK_CASTING_TICKS: u64 = TICK_HZ as u64 / 3;
/// How often a tick looks for what became due in it: a thought, the deed that it leads to, and what that leads to.
const AT_ONCE_MAX: u32 = 3;
/// How soon somebody who is still on the way looks whether the target is in reach.
const ON_THE_WAY_TICKS: u64 = 10;

impl Fray<'_> {
    /// Does what is due, in order.
    pub(super) fn deeds(&mut self) {
        let mut due = std::mem::take(&mut self.battle.due);
        // A thought sets about its deed at once.
        for _ in 0..AT_ONCE_MAX {
            self.battle.deeds.take(self.clock.tick, &mut due);
            self.sort_due(&mut due, |actor, tick| actor.task.due_at == tick);
            for who in due.drain(..) {
                if let Some(actor) = self.battle.actors.get_mut(who) {
                    actor.task.due_at = 0;
                }
                if self.is_up(who) {
                    self.pursue(who);
                }
            }
        }
        self.battle.due = due;
    }

    fn pursue(&mut self, who: Handle) {
        let tick = self.clock.tick;
        let Some(actor) = self.battle.actor(who) else { return };
        if actor.mind.as_ref().is_some_and(|mind| mind.is_due) {
            self.think(who);
            return;
        }
        let Some(deed) = actor.task.deed else {
            self.keep_heading(who);
            return;
        };
        let has_parts = actor.task.parts_done < actor.task.parts.len();
        let goes_on = has_parts && actor.mind.is_some();
        if !goes_on && deed.target().is_some_and(|target| self.is_over(who, &deed, target)) {
            self.be_done(who);
            return;
        }
        let Some(actor) = self.battle.actor(who) else { return };
        if has_parts {
            self.next_part(who, &deed);
        } else if actor.task.casting_until > 0 {
            if actor.task.casting_until <= tick {
                self.finish_casting(who, &deed);
            } else {
                self.battle.wake(who, actor.task.casting_until);
            }
        } else {
            self.begin(who, &deed);
        }
    }

    /// Whether a deed has nothing to do any more: whom it is meant for is gone, or down and to be fought.
    fn is_over(&self, who: Handle, deed: &Deed, target: Handle) -> bool {
        if self.battle.arena.get(target).is_none() {
            return true;
        }
        // What was ordered exactly may be meant for the fallen; nobody thinks of that by itself.
        let own_thought = || {
            let actor = self.battle.actor(who);
            let thinks = actor.is_some_and(|actor| actor.mind.is_some() && actor.task.request.is_none());
            thinks && self.foe_of(who, deed) == Some(target)
        };
        self.is_down(target) && (matches!(deed.doing, Doing::Strike(_)) || own_thought())
    }

    fn begin(&mut self, who: Handle, deed: &Deed) {
        let chosen = match (deed.doing, deed.target()) {
            (Doing::Strike(with), Some(target)) => self.strike_with(who, target, with),
            (Doing::Strike(_), None) => Err(Refusal::NoTarget),
            (Doing::Exactly(intent), _) => self.ask_could(who, intent, deed).map(|()| (intent, deed.choice)),
        };
        let (intent, choice) = match chosen {
            Ok(blow) => blow,
            Err(refusal) => return self.put_off(who, deed, refusal),
        };
        let mut deed = *deed;
        deed.choice = choice;
        let deed = &deed;
        // Whoever starts a fight rolls for initiative like all others, and acts when its turn comes.
        if let Some(foe) = self.foe_of(who, deed)
            && !self.battle.actor(who).is_some_and(Actor::is_engaged)
        {
            self.come_to_blows(who, foe);
            self.muster_joining();
            return;
        }
        if let Intent::Cast(spell, _) = intent {
            let ticks = match self.battle.arena.library().spell(spell).map(|spell| &spell.casting) {
                Some(CastingTime::Bonus) => QUICK_CASTING_TICKS,
                _ => CASTING_TICKS,
            };
            let until = self.clock.tick + ticks;
            if let Some(actor) = self.battle.actors.get_mut(who) {
                actor.task.casting_until = until;
            }
            self.battle.wake(who, until);
            self.tell_fact(who, Fact::BeganCasting { spell, until });
            return;
        }
        let mut parts = self.take_parts(who);
        let outcome = self.play(who, Purpose::Deed, |play| {
            play.takes_over(who);
            deed.aimed(|aim| play.begin(Attempt { who, intent, aim }, &mut parts))
        });
        let has_parts = !parts.is_empty();
        if let Some(actor) = self.battle.actors.get_mut(who) {
            actor.task.parts = parts;
            if let Some(begun) = &mut actor.task.deed {
                // Its parts are done as it was begun.
                begun.choice = choice;
            }
        }
        match outcome {
            Ok(()) if has_parts => self.next_part(who, deed),
            Ok(()) => self.have_done(who, deed, intent),
            Err(refusal) => self.put_off(who, deed, refusal),
        }
        self.repace(who);
    }

    /// The list of parts, empty, to be filled and given back.
    fn take_parts(&mut self, who: Handle) -> Vec<rules::Id> {
        let Some(actor) = self.battle.actors.get_mut(who) else { return Vec::new() };
        actor.task.parts_done = 0;
        let mut parts = std::mem::take(&mut actor.task.parts);
        parts.clear();
        parts
    }

    fn ask_could(&mut self, who: Handle, intent: Intent, deed: &Deed) -> Result<(), Refusal> {
        self.ask(who, |play| deed.aimed(|aim| play.could(Attempt { who, intent, aim })))
    }

    /// Somebody of another side whom the deed is meant for.
    pub(crate) fn foe_of(&self, who: Handle, deed: &Deed) -> Option<Handle> {
        let side = self.battle.arena.get(who)?.side;
        deed.targets().find(|target| self.battle.arena.get(*target).is_some_and(|other| other.side != side))
    }

    /// One part of an action that was begun, such as one bite of a multiattack.
    fn next_part(&mut self, who: Handle, deed: &Deed) {
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        let count = actor.task.parts.len();
        let Some(part) = actor.task.parts.get(actor.task.parts_done).copied() else { return };
        actor.task.parts_done += 1;
        let is_last = actor.task.parts_done == count;
        // The parts are spread over what is left of the round: with the next turn all that is not done is lost.
        let rest = actor.turn_at.saturating_sub(self.clock.tick);
        let wait = (rest / (count - actor.task.parts_done + 1) as u64).max(1);
        let deed = &self.turn_to_another(who, *deed, part);
        // A target that is out of this part's reach costs the part.
        let _ = self.play(who, Purpose::Deed, |play| {
            play.takes_over(who);
            deed.aimed(|aim| play.part(who, part, aim))
        });
        if is_last {
            self.have_done(who, deed, Intent::Use(part));
        } else {
            self.battle.wake(who, self.clock.tick + wait);
        }
    }

    fn finish_casting(&mut self, who: Handle, deed: &Deed) {
        if let Some(actor) = self.battle.actors.get_mut(who) {
            actor.task.casting_until = 0;
        }
        let Doing::Exactly(intent) = deed.doing else { return };
        let outcome = self.play(who, Purpose::Deed, |play| {
            play.takes_over(who);
            deed.aimed(|aim| play.attempt(Attempt { who, intent, aim }))
        });
        match outcome {
            Ok(()) => {
                if let Some(foe) = self.foe_of(who, deed) {
                    self.come_to_blows(who, foe);
                    self.muster_joining();
                }
                self.have_done(who, deed, intent);
            }
            Err(refusal) => self.put_off(who, deed, refusal),
        }
    }

    /// A deed was done: it is over, or it goes on with the next attack.
    fn have_done(&mut self, who: Handle, deed: &Deed, intent: Intent) {
        if !deed.repeats {
            self.be_done(who);
            return;
        }
        let left = self.battle.arena.get(who).map_or(0, |creature| creature.economy.attacks);
        if matches!(intent, Intent::Attack(_)) && left > 0 {
            // What is left of the action is spread over what is left of the round.
            let tick = self.clock.tick;
            let rest = self.battle.actor(who).map_or(0, |actor| actor.turn_at.saturating_sub(tick));
            self.battle.wake(who, tick + (rest / (u64::from(left) + 1)).max(1));
        } else if let Some(after) = self.second_thought(who) {
            self.battle.wake(who, after);
        }
    }

    /// A deed can't be done now. What only needs time waits for it; the rest has failed.
    fn put_off(&mut self, who: Handle, deed: &Deed, refusal: Refusal) {
        let waits = match refusal {
            // It comes back at the start of the own turn, and the task is looked at then.
            Refusal::NoAction | Refusal::NoBonusAction | Refusal::CannotAct => true,
            Refusal::OutOfRange { .. } | Refusal::Covered if deed.approaches => {
                let reach = if let Refusal::OutOfRange { reach, .. } = refusal { reach } else { 5 };
                self.approach(who, deed, reach);
                // Somebody has come between: whether to go on past its weapon is thought over.
                let wait = if self.is_waylaid(who, deed) { 1 } else { ON_THE_WAY_TICKS };
                self.battle.wake(who, self.clock.tick + wait);
                true
            }
            // The target stepped out of reach, and may step in again.
            Refusal::OutOfRange { .. } | Refusal::Covered if deed.repeats => {
                self.battle.wake(who, self.clock.tick + ON_THE_WAY_TICKS);
                true
            }
            _ => false,
        };
        if !waits {
            self.fail(who, refusal.into());
        }
    }

    fn approach(&mut self, who: Handle, deed: &Deed, reach: u16) {
        let Some(target) = deed.target() else { return };
        self.head(who, Heading::Near(target, reach));
    }

    /// A deed has come to nothing.
    pub(super) fn fail(&mut self, who: Handle, refusal: OrderRefusal) {
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        let (request, entity) = (actor.task.request.take(), actor.entity);
        if let Some(request) = request {
            self.tell(Event::OrderFailed { request, entity, refusal });
        }
        self.be_done(who);
    }

    /// The task is over.
    pub(super) fn be_done(&mut self, who: Handle) {
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        actor.task.deed = None;
        actor.task.request = None;
        actor.task.casting_until = 0;
        actor.task.parts.clear();
        actor.task.parts_done = 0;
        if matches!(actor.task.heading, Heading::Near(..)) {
            self.head(who, Heading::Free);
        }
        if let Some(after) = self.second_thought(who) {
            self.battle.wake(who, after);
        }
    }
}
