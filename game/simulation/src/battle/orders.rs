//! Orders: judged when they come, then carried out as turns allow.

use rules::combat::{Attempt, Handle, Intent, Policy, Refusal};

use super::{Deed, Doing, Fray, Heading, Told};
use crate::{Act, Event, Order, OrderRefusal, Pointing, order::TARGETS_MAX};

impl Fray<'_> {
    /// Takes the orders of this tick, in the order in which they came.
    pub(super) fn take_orders(&mut self) {
        let mut orders = std::mem::take(&mut self.battle.orders);
        for Told { request, entity, order } in orders.drain(..) {
            let outcome = match self.battle.actors.find(entity) {
                Some(who) => self.take_order(who, order),
                None => Err(OrderRefusal::UnknownEntity),
            };
            let deed = outcome.as_ref().ok().copied().flatten();
            self.tell(Event::Ordered { request, entity, outcome: outcome.map(|_| ()) });
            if let (Some(deed), Some(who)) = (deed, self.battle.actors.find(entity)) {
                self.set_about(who, deed);
                if let Some(actor) = self.battle.actors.get_mut(who) {
                    actor.task.request = Some(request);
                }
            }
        }
        self.battle.orders = orders;
    }

    /// Gives somebody something to do from now on.
    pub(crate) fn set_about(&mut self, who: Handle, deed: Deed) {
        let tick = self.clock.tick;
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        actor.task.deed = Some(deed);
        actor.task.casting_until = 0;
        // What was begun of a multiattack is not finished on somebody else.
        actor.task.parts.clear();
        actor.task.parts_done = 0;
        if !matches!(actor.task.heading, Heading::To(_)) {
            actor.task.heading = Heading::Free;
        }
        self.battle.wake(who, tick);
    }

    fn take_order(&mut self, who: Handle, order: Order) -> Result<Option<Deed>, OrderRefusal> {
        match order {
            Order::Attack { target, with, approach } => {
                let target = self.battle.actors.find(target).ok_or(OrderRefusal::UnknownTarget)?;
                let mut deed = Deed::new(Doing::Strike(with), [target]);
                (deed.repeats, deed.approaches) = (true, approach);
                if self.is_down(target) {
                    return Err(Refusal::WrongTarget.into());
                }
                let asked = self.strike_with(who, target, with).map(|_| ());
                self.taken(asked, approach)?;
                Ok(Some(deed))
            }
            Order::Cast { spell, slot, aim } => self.judge(who, Intent::Cast(spell, slot), &aim),
            Order::Use { action, aim } => self.judge(who, Intent::Use(action), &aim),
            Order::Do { act, target } => {
                let aim = Pointing { targets: target.into_iter().collect(), ..Pointing::default() };
                let intent = if act == Act::Sever { self.cutting(who) } else { intent_of(act) };
                self.judge(who, intent, &aim)
            }
            Order::MoveTo { to } => {
                self.terrain.stand(to)?;
                if self.is_down(who) {
                    return Err(Refusal::CannotAct.into());
                }
                self.lay_down(who);
                self.head(who, Heading::To(to));
                Ok(None)
            }
            Order::React(policy) => {
                self.react_by(who, policy);
                Ok(None)
            }
            Order::Halt => {
                self.lay_down(who);
                self.head(who, Heading::Free);
                self.battle.headed.push(who);
                Ok(None)
            }
            Order::Take { heap } => self.take_up(who, heap).map(|()| None),
            Order::Release => self.release(who).map(|()| None),
        }
    }

    /// Gives up what it was about.
    pub(super) fn lay_down(&mut self, who: Handle) {
        if let Some(actor) = self.battle.actors.get_mut(who) {
            actor.task.deed = None;
            actor.task.request = None;
            actor.task.casting_until = 0;
            actor.task.heading = Heading::Free;
            if let Some(mind) = &mut actor.mind {
                mind.is_due = false;
            }
        }
    }

    fn react_by(&mut self, who: Handle, policy: Policy) {
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        actor.policy = policy;
        let fights = actor.is_engaged();
        if let Some(creature) = self.battle.arena.get_mut(who).filter(|_| fights) {
            creature.policy = policy;
        }
    }

    fn judge(&mut self, who: Handle, intent: Intent, aim: &Pointing) -> Result<Option<Deed>, OrderRefusal> {
        if aim.targets.len() > TARGETS_MAX {
            return Err(OrderRefusal::TooManyTargets);
        }
        if let Some(point) = aim.point
            && !self.terrain.owns(point.cell())
        {
            return Err(crate::MoveRefusal::OutOfRegion.into());
        }
        let mut targets = Vec::with_capacity(aim.targets.len());
        for target in &aim.targets {
            targets.push(self.battle.actors.find(*target).ok_or(OrderRefusal::UnknownTarget)?);
        }
        let mut deed = Deed::new(Doing::Exactly(intent), targets);
        (deed.point, deed.choice, deed.monster) = (aim.point, aim.choice, aim.monster);
        let asked = self.ask(who, |play| deed.aimed(|aim| play.could(Attempt { who, intent, aim })));
        self.taken(asked, false)?;
        Ok(Some(deed))
    }

    /// Whether something is taken although it can't be done at once: what is spent comes back at the next turn.
    fn taken(&self, asked: Result<(), Refusal>, approach: bool) -> Result<(), OrderRefusal> {
        match asked {
            Ok(()) | Err(Refusal::NoAction | Refusal::NoBonusAction) => Ok(()),
            Err(Refusal::OutOfRange { .. } | Refusal::Covered) if approach => Ok(()),
            Err(refusal) => Err(refusal.into()),
        }
    }
}

const fn intent_of(act: Act) -> Intent {
    match act {
        Act::Dash => Intent::Dash,
        Act::Disengage => Intent::Disengage,
        Act::Dodge => Intent::Dodge,
        Act::Help => Intent::Help,
        Act::Hide => Intent::Hide,
        Act::Search => Intent::Search,
        Act::Grapple => Intent::Grapple,
        Act::Shove(to) => Intent::Shove(to),
        Act::Escape => Intent::Escape,
        // With what, the creature's hands say.
        Act::Sever => Intent::Sever(None),
        Act::StandUp => Intent::StandUp,
        Act::DropProne => Intent::DropProne,
        Act::Stabilise => Intent::Stabilise,
        Act::EndConcentration => Intent::EndConcentration,
        Act::Mount => Intent::Mount,
    }
}
