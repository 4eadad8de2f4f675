//! For whoever drives the play in real time: turns that overlap, attacks that are spread over a round, steps that are
//! judged one by one, and the question whether something could be done at all.
//!
//! At a table one turn follows the other. In real time every creature has a round of its own, so what "this turn" means has
//! to be said before each deed: [`Play::takes_over`].

use grid::Position;

use crate::Id;
use crate::content::{CastingTime, Spell};
use crate::language::expr::Luck;
use crate::language::{Action, Cost, Event, Node, Pick, Target, Uses};
use crate::vocabulary::{Movement, State};

use super::{Context, Play};
use crate::combat::{Aim, Attempt, EffectKey, Handle, Happening, Intent, Refusal, Space};

/// Most parts that one action is taken apart into.
const PARTS_MAX: usize = 16;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// From now on it is this creature's turn, among turns that overlap. "Once a turn" counts by it.
    pub fn takes_over(&mut self, who: Handle) {
        let Some(creature) = self.arena.get(who) else { return };
        self.arena.turn = creature.turn;
        self.arena.acting = Some(who);
    }

    /// Whether [`Self::attempt`] would do it now. Nothing is spent and no die thrown.
    ///
    /// # Errors
    /// Why it would be refused. Grappling, shoving, escaping and the like are asked only for their cost.
    pub fn could(&self, attempt: Attempt<'_>) -> Result<(), Refusal> {
        let Attempt { who, intent, aim } = attempt;
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        if !creature.can_act() && intent != Intent::EndConcentration {
            return Err(Refusal::CannotAct);
        }
        match intent {
            Intent::Attack(weapon) => {
                self.could_strike(who, weapon, aim)?;
                self.can_pay(who, Cost::Attack)
            }
            Intent::OffHand(weapon) => {
                self.could_strike(who, Some(weapon), aim)?;
                if creature.economy.light_attack {
                    self.can_pay(who, Cost::Bonus)
                } else {
                    Err(Refusal::NoOffHand)
                }
            }
            Intent::Grapple | Intent::Shove(_) => {
                self.could_strike(who, None, aim)?;
                self.can_pay(who, Cost::Attack)
            }
            Intent::Use(id) => self.could_use(who, id, aim),
            Intent::Cast(id, slot) => {
                let spell = self.arena.library.spell(id).ok_or(Refusal::Unknown(id))?;
                let payment = self.payment(who, spell, slot)?;
                self.check_components(who, spell)?;
                let context = self.spell_context(who, spell, payment, aim);
                self.check_aim(&context, &spell.target, self.shaped_reach(who, spell), aim)?;
                self.has_time_to_cast(who, spell)
            }
            Intent::Dash | Intent::Disengage | Intent::Hide => {
                self.can_pay(who, Cost::Action).or_else(|_| self.can_pay(who, Cost::Bonus))
            }
            Intent::Dodge | Intent::Search | Intent::Ready(..) | Intent::Escape => {
                self.can_pay(who, Cost::Action)
            }
            Intent::Help => {
                aim.targets.first().ok_or(Refusal::NoTarget)?;
                self.can_pay(who, Cost::Action)
            }
            Intent::Stabilise => {
                self.check_beside(who, *aim.targets.first().ok_or(Refusal::NoTarget)?)?;
                self.can_pay(who, Cost::Action)
            }
            _ => Ok(()),
        }
    }

    /// Whether a creature has an action, a bonus action, uses and whatever else something takes left, wherever anybody stands.
    ///
    /// # Errors
    /// What is spent.
    pub fn has_time_for(&self, who: Handle, intent: Intent) -> Result<(), Refusal> {
        match intent {
            Intent::Attack(_) | Intent::Grapple | Intent::Shove(_) => self.can_pay(who, Cost::Attack),
            Intent::OffHand(_) => self.can_pay(who, Cost::Bonus),
            Intent::Use(id) => {
                let action = self.arena.find_action(who, id).ok_or(Refusal::Unknown(id))?;
                self.can_pay(who, action.cost)?;
                self.has_uses(who, action)
            }
            Intent::Cast(id, _) => {
                let spell = self.arena.library.spell(id).ok_or(Refusal::Unknown(id))?;
                self.has_time_to_cast(who, spell)
            }
            _ => Ok(()),
        }
    }

    /// Begins what is asked for. An action that is nothing but uses of others, such as a multiattack, is paid for and taken
    /// apart: the uses are added to `parts`, to be done one by one with [`Self::part`] while the turn lasts. Everything else
    /// is done at once, and `parts` stays as it was.
    ///
    /// # Errors
    /// As [`Self::attempt`].
    pub fn begin(&mut self, attempt: Attempt<'_>, parts: &mut Vec<Id>) -> Result<(), Refusal> {
        let Attempt { who, intent: Intent::Use(id), aim } = attempt else { return self.attempt(attempt) };
        let before = parts.len();
        let Some(action) = self.arena.find_action(who, id) else { return self.attempt(attempt) };
        let mut context = self.arena.action_context(who, action);
        (context.choice, context.target) = (aim.choice, aim.targets.first().copied().unwrap_or(who));
        if !self.take_apart(context, &action.then, parts) || parts.len() < before + 2 {
            parts.truncate(before);
            return self.attempt(attempt);
        }
        let begun = self.could_use(who, id, aim).and_then(|()| {
            self.pay_uses(&context, action)?;
            self.pay(who, action.cost)
        });
        if begun.is_err() {
            parts.truncate(before);
            return begun;
        }
        self.emit(Happening::Acted { who, action: id });
        self.fire(Event::TakesAction, who, context.target, &context.event, 0);
        Ok(())
    }

    /// Does one part of an action that was begun and paid for.
    ///
    /// # Errors
    /// The creature can't act any more, or the target is out of the part's reach.
    pub fn part(&mut self, who: Handle, id: Id, aim: Aim<'_>) -> Result<(), Refusal> {
        let (context, action) = self.aimed_part(who, id, aim)?;
        self.run_aimed(context, &action.target, aim, &action.then);
        Ok(())
    }

    /// Whether [`Self::part`] would do it now. Nothing is spent and no die thrown.
    ///
    /// # Errors
    /// As [`Self::part`].
    pub fn could_part(&self, who: Handle, id: Id, aim: Aim<'_>) -> Result<(), Refusal> {
        self.aimed_part(who, id, aim).map(|_| ())
    }

    fn aimed_part(&self, who: Handle, id: Id, aim: Aim<'_>) -> Result<(Context<'c>, &'c Action), Refusal> {
        if !self.arena.get(who).ok_or(Refusal::Absent)?.can_act() {
            return Err(Refusal::CannotAct);
        }
        let action = self.arena.find_action(who, id).ok_or(Refusal::Unknown(id))?;
        let mut context = self.arena.action_context(who, action);
        (context.point, context.choice, context.monster) = (aim.point, aim.choice, aim.monster);
        self.check_action_aim(who, &context, action, aim)?;
        Ok((context, action))
    }

    fn check_action_aim(
        &self,
        who: Handle,
        context: &Context<'c>,
        action: &Action,
        aim: Aim<'_>,
    ) -> Result<(), Refusal> {
        let reach = self.arena.reach_with(self.space, who, action, aim.choice);
        self.check_aim(context, &action.target, reach, aim)
    }

    /// A creature is about to take a step to a point: whoever's reach it leaves may strike, then it pays, if `pays`, so many
    /// feet of its movement. Whoever drives puts it there and calls [`Self::moved`].
    ///
    /// # Errors
    /// It can't walk, has not enough movement left, or was struck down.
    pub fn sets_off(&mut self, who: Handle, to: Position, feet: u16, pays: bool) -> Result<(), Refusal> {
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        if !creature.is_up() || creature.is(State::NoMovement) {
            return Err(Refusal::CannotAct);
        }
        let factor = 1 + u16::from(creature.is(State::Prone));
        let (needed, left) = (feet.saturating_mul(factor), creature.economy.movement);
        if pays && needed > left {
            return Err(Refusal::NoMovement { left, needed });
        }
        if !creature.is(State::Disengaged) && !creature.is(State::NoOpportunity) {
            self.provoke(who, to);
        }
        let creature = self.arena.get_mut(who).ok_or(Refusal::Absent)?;
        if !creature.is_up() || creature.is(State::NoMovement) {
            return Err(Refusal::CannotAct);
        }
        creature.economy.moved = creature.economy.moved.saturating_add(feet);
        if pays {
            creature.economy.movement = creature.economy.movement.saturating_sub(needed);
        }
        Ok(())
    }

    /// How far a creature walks in a round now, in feet.
    pub fn walking_speed(&self, who: Handle) -> u16 {
        let Some(creature) = self.arena.get(who) else { return 0 };
        let cause = creature.sheet.id.unwrap_or_else(super::harm::unnamed);
        let context = self.arena.own_context(who, cause);
        let prone = 1 + u16::from(creature.is(State::Prone));
        self.arena.speed(who, Movement::Walk, &self.scene(&context)) / prone
    }

    /// A creature leaves for good. Its concentration ends; the time of what it laid on others passes with their own turns.
    pub fn departs(&mut self, who: Handle) {
        if self.arena.get(who).is_none() {
            return;
        }
        self.end_concentration(who);
        let clocks = self.arena.get_mut(who).map(|own| std::mem::take(&mut own.clocks)).unwrap_or_default();
        for key in clocks {
            self.hand_on(key, who);
        }
        self.space.lift_out(who);
        self.arena.remove(who);
        if self.arena.acting == Some(who) {
            self.arena.acting = None;
        }
    }

    /// An effect's time passes with its bearer's turns from now on.
    fn hand_on(&mut self, key: EffectKey, from: Handle) {
        let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) else { return };
        if lasting.bearer == from || lasting.anchor != from {
            return;
        }
        let bearer = lasting.bearer;
        lasting.anchor = bearer;
        if let Some(creature) = self.arena.get_mut(bearer) {
            creature.clocks.push(key);
        }
    }

    /// Adds the uses that steps consist of; false, if they are anything else as well.
    fn take_apart(&self, context: Context<'c>, nodes: &'c [Node], parts: &mut Vec<Id>) -> bool {
        nodes.iter().all(|node| match node {
            Node::Use(id) => {
                parts.push(*id);
                parts.len() <= PARTS_MAX
            }
            Node::Repeat(repeat) if repeat.as_long.is_none() => {
                let times = self.value(context, &repeat.times).clamp(0, PARTS_MAX as i32);
                (0..times).all(|_| self.take_apart(context, &repeat.then, parts))
            }
            Node::Choose(choose) if choose.by == Pick::User => {
                let option = self.arena.chosen(self.space, &context, choose);
                option.is_some_and(|option| self.take_apart(context, &option.then, parts))
            }
            _ => false,
        })
    }

    fn could_strike(&self, who: Handle, weapon: Option<u8>, aim: Aim<'_>) -> Result<(), Refusal> {
        let target = *aim.targets.first().ok_or(Refusal::NoTarget)?;
        let (context, strike) = self.arena.weapon_strike(self.space, who, weapon, target)?;
        let far = strike.range.map_or(strike.reach, |(_, long)| long.max(strike.reach));
        self.check_aim(&context, &Target::Creature, Some(far), aim)
    }

    fn could_use(&self, who: Handle, id: Id, aim: Aim<'_>) -> Result<(), Refusal> {
        let action = self.arena.find_action(who, id).ok_or(Refusal::Unknown(id))?;
        if action.hidden {
            return Err(Refusal::NotNow);
        }
        let mut context = self.arena.action_context(who, action);
        (context.point, context.choice, context.monster) = (aim.point, aim.choice, aim.monster);
        let seen = Context { target: aim.targets.first().copied().unwrap_or(who), ..context };
        if !self.holds(seen, action.when.as_ref()) {
            return Err(Refusal::NotNow);
        }
        self.check_action_aim(who, &context, action, aim)?;
        self.can_pay(who, action.cost)?;
        self.has_uses(who, action)
    }

    fn has_uses(&self, who: Handle, action: &Action) -> Result<(), Refusal> {
        let id = match &action.uses {
            None | Some(Uses::Charges(_)) => return Ok(()),
            Some(Uses::Recharge(_) | Uses::Times(_)) => action.id,
            Some(Uses::Resource { id, .. }) => *id,
        };
        let left = self.arena.get(who).map_or(0, |creature| creature.stock(id));
        if left > 0 { Ok(()) } else { Err(Refusal::Spent) }
    }

    fn has_time_to_cast(&self, who: Handle, spell: &Spell) -> Result<(), Refusal> {
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        let economy = &creature.economy;
        let quickened = creature.is(State::QuickenedSpell) && matches!(spell.casting, CastingTime::Action);
        match if quickened { &CastingTime::Bonus } else { &spell.casting } {
            CastingTime::Action if economy.bonus_spell && spell.level > 0 => Err(Refusal::BonusSpell),
            CastingTime::Action if economy.actions == 0 => Err(Refusal::NoAction),
            CastingTime::Bonus if economy.leveled_spell => Err(Refusal::BonusSpell),
            CastingTime::Bonus if economy.bonus_actions == 0 => Err(Refusal::NoBonusAction),
            CastingTime::Action | CastingTime::Bonus => Ok(()),
            CastingTime::Reaction(_) => Err(Refusal::NotNow),
            CastingTime::Minutes(minutes) => Err(Refusal::TakesMinutes(*minutes)),
        }
    }
}
