//! Forecasts: what an intent would do on average, without a die being thrown.
//!
//! The same trees that [`Play`](super::Play) plays are reckoned through, with the same modifiers: so a spell that is
//! added as data is weighed as well as any other. What the future depends on beyond the one intent (interrupts, where
//! somebody will walk) is left out; a zone counts once for each creature that stands in it.

mod chance;
mod harm;
mod moments;
mod spread;
mod steps;

use std::cell::RefCell;

use smallvec::SmallVec;

use crate::Id;
use crate::language::expr::{Facts, Measure, Quantity, Question, Role};
use crate::language::{Effect, Event, Target, Uses};
use crate::vocabulary::State;

use super::lasting::ZoneKind;
use super::play::{Context, as_spell};
use super::{Aim, Arena, Handle, Intent, Scene, Space};

pub use moments::Moments;
pub use spread::Spread;

/// What an intent would do to one creature.
#[derive(Clone, Debug)]
pub struct Toll<M> {
    /// To whom.
    pub who: Handle,
    /// Hit points lost.
    pub damage: M,
    /// Hit points regained, on average.
    pub healing: f64,
    /// What its effects would cost it: 1 is a turn without acting, 0.5 half of it; below 0 it gains.
    pub hindrance: f64,
}

/// What an intent would do to everybody.
#[derive(Clone, Debug)]
pub struct Forecast<M> {
    /// To each creature that it reaches. Most things reach one, and forecasts are made of forecasts, so that one takes no memory
    /// of its own.
    pub tolls: SmallVec<[Toll<M>; 1]>,
    /// Challenge, in eighths, of the creatures that it would call.
    pub summoned_eighths: f64,
}

impl<M: Measure> Forecast<M> {
    fn nothing() -> Self {
        Self { tolls: SmallVec::new(), summoned_eighths: 0.0 }
    }

    fn toll(&mut self, who: Handle) -> &mut Toll<M> {
        let place = self.tolls.iter().position(|toll| toll.who == who).unwrap_or_else(|| {
            self.tolls.push(Toll { who, damage: M::exactly(0), healing: 0.0, hindrance: 0.0 });
            self.tolls.len() - 1
        });
        &mut self.tolls[place]
    }

    /// Damage to a creature.
    #[must_use]
    pub fn damage_to(&self, who: Handle) -> Option<&M> {
        self.tolls.iter().find(|toll| toll.who == who).map(|toll| &toll.damage)
    }

    /// The chance that it takes so many hit points from a creature.
    #[must_use]
    pub fn kill_chance(&self, who: Handle, hit_points: i32) -> f64 {
        self.damage_to(who).map_or(0.0, |damage| damage.at_least(hit_points))
    }

    /// One after the other.
    fn add(&mut self, other: &Self) {
        for toll in &other.tolls {
            let own = self.toll(toll.who);
            own.damage = own.damage.plus(&toll.damage);
            own.healing += toll.healing;
            own.hindrance += toll.hindrance;
        }
        self.summoned_eighths += other.summoned_eighths;
    }

    /// The one with this chance, else the other.
    fn mix(chance: f64, yes: &Self, no: &Self) -> Self {
        let mut mixed = Self::nothing();
        let zero = M::exactly(0);
        for toll in &yes.tolls {
            let other = no.tolls.iter().find(|other| other.who == toll.who);
            let other_damage = other.map_or(&zero, |other| &other.damage);
            let own = mixed.toll(toll.who);
            own.damage = M::mix(chance, &toll.damage, other_damage);
            own.healing = chance * toll.healing + (1.0 - chance) * other.map_or(0.0, |other| other.healing);
            own.hindrance =
                chance * toll.hindrance + (1.0 - chance) * other.map_or(0.0, |other| other.hindrance);
        }
        for toll in &no.tolls {
            if !yes.tolls.iter().any(|other| other.who == toll.who) {
                let own = mixed.toll(toll.who);
                own.damage = M::mix(1.0 - chance, &toll.damage, &zero);
                own.healing = (1.0 - chance) * toll.healing;
                own.hindrance = (1.0 - chance) * toll.hindrance;
            }
        }
        mixed.summoned_eighths = chance * yes.summoned_eighths + (1.0 - chance) * no.summoned_eighths;
        mixed
    }
}

/// Reckons through trees.
struct Reckoner<'a, 'c, S> {
    arena: &'a Arena<'c>,
    space: &'a S,
    aim: &'a [Handle],
    /// Effects with a name that lie on somebody by what went before: they mark who was reached.
    marks: RefCell<Vec<(Handle, Id)>>,
    /// A store that what is reckoned takes from before it begins, and how much.
    pays: Option<(Id, i32)>,
}

/// A moment as it will be after what went before.
struct Foreseen<'a, 'c, S> {
    scene: Scene<'a, 'c, S>,
    marks: &'a RefCell<Vec<(Handle, Id)>>,
    pays: Option<(Id, i32)>,
}

impl<S: Space> Facts for Foreseen<'_, '_, S> {
    fn quantity(&self, role: Role, quantity: Quantity) -> i32 {
        let now = self.scene.quantity(role, quantity);
        match (quantity, self.pays) {
            // An effect that is not laid yet is reckoned with as it will be when its bearer's next turn begins.
            (Quantity::Rounds, _) if self.scene.context.effect.is_none() => 1,
            (Quantity::Resource(id), Some((paid, amount))) if id == paid && role == Role::Own => now - amount,
            _ => now,
        }
    }

    fn holds(&self, question: Question) -> bool {
        if let Question::Under(role, id) = question
            && self.marks.borrow().contains(&(self.scene.who(role), id))
        {
            return true;
        }
        self.scene.holds(question)
    }
}

impl<'c, S: Space> Reckoner<'_, 'c, S> {
    fn scene<'s>(&'s self, context: &'s Context<'c>) -> Scene<'s, 'c, S> {
        Scene::new(self.arena, self.space, context)
    }

    fn holds(&self, context: Context<'c>, when: Option<&crate::language::expr::Expr>) -> bool {
        when.is_none_or(|when| {
            let scene = self.scene(&context);
            when.holds(&Foreseen { scene, marks: &self.marks, pays: self.pays })
        })
    }

    /// What may happen or not leaves no marks for what follows.
    fn perhaps<T>(&self, reckon: impl FnOnce() -> T) -> T {
        let before = self.marks.borrow().len();
        let reckoned = reckon();
        self.marks.borrow_mut().truncate(before);
        reckoned
    }
}

impl<'c> Arena<'c> {
    /// What a zone would do to a creature that comes into it now.
    pub fn forecast_entering<M: Measure, S: Space>(
        &self,
        space: &S,
        who: Handle,
        number: u32,
    ) -> Forecast<M> {
        let mut forecast = Forecast::nothing();
        let Some(Some(zone)) = self.zones.get(number as usize) else { return forecast };
        let gives: &'c Effect = match zone.kind {
            ZoneKind::Zone(made) => &made.gives,
            ZoneKind::Aura(aura) => &aura.gives,
            // Only the wall itself is passed through.
            ZoneKind::Wall(_, part) if part.beside => return forecast,
            ZoneKind::Wall(wall, _) => &wall.gives,
        };
        let reckoner = Reckoner { arena: self, space, aim: &[], marks: RefCell::default(), pays: None };
        let context = Context { own: who, target: who, source: zone.source, ..zone.context };
        for trigger in gives.triggers.iter().filter(|trigger| trigger.on == Event::EntersZone) {
            if reckoner.holds(context, trigger.when.as_ref()) {
                forecast.add(&reckoner.steps(context, &trigger.then));
            }
        }
        forecast
    }

    /// What an intent of a creature would do; nothing, if it isn't one that does something by itself.
    pub fn forecast<M: Measure, S: Space>(
        &self,
        space: &S,
        who: Handle,
        intent: Intent,
        aim: Aim<'_>,
    ) -> Forecast<M> {
        let marks = RefCell::new(Vec::new());
        let mut reckoner = Reckoner { arena: self, space, aim: aim.targets, marks, pays: None };
        let first = aim.targets.first().copied().unwrap_or(who);
        match intent {
            Intent::Attack(weapon) => match self.weapon_strike(space, who, weapon, first) {
                Ok((context, strike)) => reckoner.strike(context, strike),
                Err(_) => Forecast::nothing(),
            },
            Intent::OffHand(weapon) => match self.weapon_strike(space, who, Some(weapon), first) {
                Ok((context, mut strike)) => {
                    if !self.get(who).is_some_and(|own| own.is(State::TwoWeaponFighting)) {
                        strike.damage_bonus = strike.damage_bonus.min(0);
                    }
                    reckoner.strike(context, strike)
                }
                Err(_) => Forecast::nothing(),
            },
            Intent::Use(id) => {
                let Some(action) = self.find_action(who, id) else { return Forecast::nothing() };
                let mut context = self.action_context(who, action);
                (context.point, context.choice, context.monster) = (aim.point, aim.choice, aim.monster);
                if let Some(Uses::Recharge(_) | Uses::Times(_)) = &action.uses {
                    reckoner.pays = Some((action.id, 1));
                }
                reckoner.aimed(context, &action.target, &action.then)
            }
            Intent::Cast(id, slot) => {
                let Some(spell) = self.library.spell(id) else { return Forecast::nothing() };
                let mut context = self.own_context(who, id);
                context.slot = slot;
                (context.point, context.choice, context.monster) = (aim.point, aim.choice, aim.monster);
                as_spell(&mut context, spell);
                reckoner.aimed(context, &spell.target, &spell.then)
            }
            _ => Forecast::nothing(),
        }
    }
}

impl<'c, S: Space> Reckoner<'_, 'c, S> {
    /// What steps do to whoever is aimed at.
    fn aimed<M: Measure>(
        &self,
        mut context: Context<'c>,
        target: &Target,
        then: &'c [crate::language::Node],
    ) -> Forecast<M> {
        context.count = self.aim.len().min(64) as u8;
        if let Some(first) = self.aim.first() {
            context.target = *first;
        }
        match target {
            Target::Creatures(_) if !self.aim.is_empty() => {
                let mut forecast = Forecast::nothing();
                for (index, who) in self.aim.iter().enumerate() {
                    let each = Context { target: *who, index: index as u8, ..context };
                    forecast.add(&self.steps(each, then));
                }
                forecast
            }
            Target::Own => self.steps(Context { target: context.own, ..context }, then),
            _ => self.steps(context, then),
        }
    }

    /// How much an effect hinders its bearer.
    fn hindrance(&self, effect: &Effect) -> f64 {
        let conditions: f64 = effect.conditions.iter().map(|id| condition_weight(id.name())).sum();
        let modifiers: f64 = effect.modifiers.iter().map(modifier_weight).sum();
        conditions + modifiers
    }
}

/// What a condition costs: 1 is a turn without acting.
fn condition_weight(name: &str) -> f64 {
    match name {
        "paralyzed" | "unconscious" | "petrified" => 1.3,
        "stunned" => 1.1,
        "incapacitated" => 1.0,
        "charmed" | "restrained" | "blinded" => 0.5,
        "frightened" => 0.4,
        "poisoned" => 0.35,
        "grappled" | "prone" => 0.2,
        "deafened" => 0.05,
        "invisible" => -0.5,
        _ => 0.1,
    }
}

/// What a modifier costs its bearer; below 0 it helps.
fn modifier_weight(modifier: &crate::language::Modifier) -> f64 {
    use crate::language::{Op, Path};
    let worse = match modifier.op {
        Op::Disadvantage | Op::Fail | Op::AtMost | Op::Divide => 1.0,
        Op::Advantage | Op::Succeed | Op::Grant | Op::AtLeast | Op::Multiply => -1.0,
        Op::Add | Op::Set => match modifier.value.as_ref().map(crate::language::expr::Expr::bounds) {
            Some(bounds) if bounds.max <= 0 => 1.0,
            _ => -1.0,
        },
        Op::Critical => 0.5,
        Op::Reroll | Op::DieAtLeast | Op::Deny => 0.0,
    };
    let weight = match modifier.path {
        Path::Attack | Path::Damage => 0.25,
        Path::Ac | Path::AcBase => 0.3,
        Path::Attacked => -0.25,
        Path::Save(None) | Path::Speed(_) => 0.15,
        Path::Actions | Path::Attacks => 0.8,
        Path::Resist(None) | Path::Immune(_) => 0.4,
        Path::Vulnerable(_) => -0.3,
        Path::State(state) => match state {
            State::Incapacitated | State::NoActions => -1.0,
            State::Invisible => 0.5,
            _ => 0.05,
        },
        _ => 0.05,
    };
    worse * weight
}
