//! Damage that an attack or a save would do.

use smallvec::SmallVec;

use crate::Ability;
use crate::language::expr::{AttackTrait, Expr, Measure};
use crate::language::{Attack, Damage, Event, Node, Path, Save};
use crate::vocabulary::{DamageType, State};

use super::{Context, Forecast, Reckoner};
use crate::combat::play::{Halve, Strike, strike_of};
use crate::combat::{Handle, Space};

/// A part of a blow: type, amount, and whether nothing helps against it.
type Part<M> = (Handle, DamageType, M, bool);
/// The parts of one blow: mostly a weapon's and one or two more.
pub(super) type Parts<M> = SmallVec<[Part<M>; 3]>;

impl<'c, S: Space> Reckoner<'_, 'c, S> {
    pub(super) fn attack<M: Measure>(&self, context: Context<'c>, attack: &'c Attack) -> Forecast<M> {
        let Some(own) = self.arena.get(context.own) else { return Forecast::nothing() };
        let bonus = attack.bonus.as_ref().map(|bonus| bonus.value(&self.scene(&context)));
        let limbs = self.arena.limbs(self.space, &context);
        self.strike(context, strike_of(own, limbs, &context, attack, bonus))
    }

    /// An attack roll and what follows.
    pub(super) fn strike<M: Measure>(&self, mut context: Context<'c>, strike: Strike<'c>) -> Forecast<M> {
        let (hit, critical) = self.hit_chances(&mut context, &strike);
        let plain = self.perhaps(|| self.hit(context, &strike));
        let hard = self.perhaps(|| self.hit(Context { critical: true, ..context }, &strike));
        let miss = self.perhaps(|| self.steps(context, strike.miss));
        let missed = (1.0 - hit - critical).clamp(0.0, 1.0);
        let landed = if hit + critical > 0.0 {
            Forecast::mix(critical / (hit + critical), &hard, &plain)
        } else {
            plain
        };
        Forecast::mix(missed, &miss, &landed)
    }

    fn hit<M: Measure>(&self, mut context: Context<'c>, strike: &Strike<'c>) -> Forecast<M> {
        context.event.attack |= AttackTrait::Hit.bit();
        if context.critical {
            context.event.attack |= AttackTrait::Critical.bit();
        }
        let mut parts = Parts::new();
        if let Some(weapon) = &strike.weapon {
            let own = self.arena.get(context.own);
            let free = own.is_some_and(|own| own.weapons.len() < 2 && own.sheet.shield == 0);
            let dice = weapon.two_handed.filter(|_| free).or(weapon.damage);
            let times = if context.critical { 2 } else { 1 };
            let fists = |dice: &Expr| self.arena.fists_are_better(self.space, &context, weapon, dice);
            let amount = match dice.filter(|dice| !fists(dice)) {
                Some(dice) => dice.measure::<M>(times, &self.scene(&context)),
                None => self.unarmed(context, times),
            };
            let amount = amount.plus(&M::exactly(strike.damage_bonus));
            parts.push((context.target, weapon.kind, amount, false));
        }
        let lead = strike.hit.iter().take_while(|node| matches!(node, Node::Damage(_))).count();
        for node in &strike.hit[..lead] {
            if let Node::Damage(damage) = node {
                self.gather(context, damage, &mut parts);
            }
        }
        self.gather_triggers(context, &mut parts);
        let mut forecast = self.land(context, parts);
        self.answers(context, &mut forecast);
        forecast.add(&self.steps(context, &strike.hit[lead..]));
        if context.critical {
            forecast.add(&self.steps(context, strike.crit));
        }
        forecast
    }

    /// What the one who is hit does in return, as far as it costs nothing.
    fn answers<M: Measure>(&self, context: Context<'c>, forecast: &mut Forecast<M>) {
        let target = context.target;
        if self.arena.get(target).is_none_or(|creature| creature.listens & Event::IsHit.bit() == 0) {
            return;
        }
        for (key, lasting) in self.arena.effects_on(target) {
            for trigger in &lasting.effect.triggers {
                let effect = Some(key);
                let answer = Context {
                    event: context.event,
                    own: target,
                    target: context.own,
                    effect,
                    ..lasting.context
                };
                let forced = trigger.on == Event::IsHit && trigger.cost.is_none();
                if forced && self.holds(answer, trigger.when.as_ref()) {
                    forecast.add(&self.perhaps(|| self.steps(answer, &trigger.then)));
                }
            }
        }
    }

    fn unarmed<M: Measure>(&self, context: Context<'c>, times: u32) -> M {
        let sides = self.arena.unarmed_sides(self.space, &context);
        if sides > 1 { M::dice(times, sides as u32) } else { M::exactly(1) }
    }

    /// Damage that the attacker's features add to a hit, as far as it costs nothing.
    fn gather_triggers<M: Measure>(&self, context: Context<'c>, parts: &mut Parts<M>) {
        for (key, lasting) in self.arena.effects_on(context.own) {
            for trigger in &lasting.effect.triggers {
                if !matches!(trigger.on, Event::Hits | Event::Crits) || trigger.cost.is_some() {
                    continue;
                }
                if trigger.on == Event::Crits && !context.critical {
                    continue;
                }
                let mut own = Context { event: context.event, ..lasting.context };
                (own.own, own.target, own.critical) = (context.own, context.target, context.critical);
                own.effect = Some(key);
                if !self.holds(own, trigger.when.as_ref()) {
                    continue;
                }
                for node in &trigger.then {
                    if let Node::Damage(damage) = node {
                        self.gather(own, damage, parts);
                    }
                }
            }
        }
    }

    pub(super) fn gather<M: Measure>(&self, context: Context<'c>, damage: &'c Damage, parts: &mut Parts<M>) {
        if !self.holds(context, damage.when.as_ref()) {
            return;
        }
        let times = if context.critical && !damage.flat { 2 } else { 1 };
        let amount = damage.amount.measure::<M>(times, &self.scene(&context));
        let chosen =
            damage.one_of.get(usize::from(context.choice)).or_else(|| damage.one_of.first()).copied();
        let first = parts.first().map(|part| part.1);
        let kind = damage.kind.or(chosen).or(first).unwrap_or(DamageType::Force);
        parts.push((context.role(damage.to), kind, amount, damage.unstoppable));
    }

    /// What a blow would take from those whom it is for.
    pub(super) fn land<M: Measure>(&self, mut context: Context<'c>, mut parts: Parts<M>) -> Forecast<M> {
        let mut forecast = Forecast::<M>::nothing();
        context.event.damage = parts.iter().fold(0, |bits, part| bits | part.1.bit());
        let (is_magic, is_spell) = (context.is_magic, context.is_spell);
        crate::combat::play::mark_origin(&mut context.event, is_magic, is_spell);
        self.gather_modifiers(context, &mut parts);
        for (index, (who, kind, amount, unstoppable)) in parts.iter().enumerate() {
            let scene_context = Context { own: *who, target: context.own, ..context };
            let scene = self.scene(&scene_context);
            let amount = match context.halve {
                Halve::No => amount.less(0),
                Halve::Half => amount.less(0).halved(),
                Halve::Nothing => M::exactly(0),
            };
            let path = Path::DamageTaken;
            let taken = self.arena.tally(*who, path.bit(), &scene, |other| other == path);
            let amount = if taken.at_most == Some(0) {
                M::exactly(0)
            } else if index == 0 && taken.add < 0 {
                amount.less(-taken.add)
            } else {
                amount
            };
            let defense = self.arena.defense(*who, *kind, &scene);
            let left = if *unstoppable {
                amount
            } else if defense.immune || self.arena.absorbs(*who, *kind, &scene) {
                M::exactly(0)
            } else {
                let halved = if defense.resistant { amount.halved() } else { amount };
                if defense.vulnerable { halved.times(2) } else { halved }
            };
            let toll = forecast.toll(*who);
            toll.damage = toll.damage.plus(&left);
        }
        forecast
    }

    fn gather_modifiers<M: Measure>(&self, context: Context<'c>, parts: &mut Parts<M>) {
        if context.own == context.target {
            return;
        }
        let Some(kind) = parts.first().map(|part| part.1) else { return };
        let scene = self.scene(&context);
        let path = Path::Damage;
        let tally = self.arena.tally(context.own, path.bit(), &scene, |other| other == path);
        if tally.add != 0 {
            parts.push((context.target, kind, M::exactly(tally.add), false));
        }
        let times = if context.critical { 2 } else { 1 };
        for added in tally.dice.iter().flatten() {
            let scene = self.scene(&context);
            let known = scene.known_for(context.own, added);
            let scene = scene.seen_as(&known);
            let amount = added.dice.measure::<M>(times, &scene);
            parts.push((context.target, added.kind.unwrap_or(kind), amount, false));
        }
    }

    /// A save and what follows.
    pub(super) fn save<M: Measure>(&self, context: Context<'c>, save: &'c Save) -> Forecast<M> {
        let who = context.role(save.by);
        let success = self.save_chance(context, who, save);
        let evades = save.ability == Ability::Dexterity
            && self.arena.is_in(who, State::Evasion, &self.scene(&Context { own: who, ..context }));
        let branch = |halve: Halve, then: &'c [Node]| {
            self.perhaps(|| {
                let mut forecast: Forecast<M> = self.steps(Context { halve, ..context }, &save.half);
                forecast.add(&self.steps(Context { halve: Halve::No, ..context }, then));
                forecast
            })
        };
        let spared = branch(if evades { Halve::Nothing } else { Halve::Half }, &save.success);
        let struck = branch(if evades { Halve::Half } else { Halve::No }, &save.fail);
        Forecast::mix(success, &spared, &struck)
    }
}
