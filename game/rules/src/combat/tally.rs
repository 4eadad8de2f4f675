//! The one pipeline for everything that changes a number or a roll.
//!
//! Attack rolls, saves, checks, armour class, speeds, damage: each gathers the modifiers of its paths into a [`Tally`],
//! whose parts are then used in one order: set, add, multiply, divide, at least, at most.

use crate::language::expr::Expr;
use crate::language::{Op, Path};
use crate::vocabulary::DamageType;
use crate::{Id, RollMode};

use super::{Arena, EffectKey, Handle, Scene, Space, event::ADDED_MAX};

/// Most modifiers with dice of one roll.
const DICE_MAX: usize = 4;

/// Dice that a modifier adds.
#[derive(Clone, Copy, Debug)]
pub struct AddedDice<'c> {
    /// How many, of how many sides.
    pub dice: &'c Expr,
    /// The type of damage that they are, if they are damage of their own.
    pub kind: Option<DamageType>,
    /// The effect that adds them.
    pub(super) effect: Option<EffectKey>,
}

/// What all modifiers of some paths come to.
#[derive(Clone, Copy, Debug)]
pub struct Tally<'c> {
    /// What is added without dice.
    pub add: i32,
    /// What is added with dice.
    pub dice: [Option<AddedDice<'c>>; DICE_MAX],
    /// What takes the place of the value.
    pub set: Option<i32>,
    /// The least that the result is.
    pub at_least: Option<i32>,
    /// The most that the result is.
    pub at_most: Option<i32>,
    /// What it is multiplied by.
    pub multiply: i32,
    /// What it is divided by.
    pub divide: i32,
    /// Advantages.
    pub advantages: u32,
    /// Disadvantages.
    pub disadvantages: u32,
    /// The roll fails.
    pub fails: bool,
    /// The roll succeeds.
    pub succeeds: bool,
    /// A hit is critical.
    pub critical: bool,
    /// Dice up to this are thrown again.
    pub reroll: i32,
    /// Dice count at least this.
    pub die_at_least: i32,
    /// Something grants it.
    pub granted: bool,
    /// Something takes it away.
    pub denied: bool,
    stacks: [Option<(Id, i32)>; 4],
    /// Of what is added without dice, which effects add how much.
    pub(super) sources: [Option<(EffectKey, i32)>; ADDED_MAX],
}

impl Default for Tally<'_> {
    #[inline]
    fn default() -> Self {
        Self {
            add: 0,
            dice: [None; DICE_MAX],
            set: None,
            at_least: None,
            at_most: None,
            multiply: 1,
            divide: 1,
            advantages: 0,
            disadvantages: 0,
            fails: false,
            succeeds: false,
            critical: false,
            reroll: 0,
            die_at_least: 0,
            granted: false,
            denied: false,
            stacks: [None; 4],
            sources: [None; ADDED_MAX],
        }
    }
}

impl<'c> Tally<'c> {
    /// Advantage, disadvantage, or neither.
    #[must_use]
    pub const fn mode(&self) -> RollMode {
        RollMode::combine(self.advantages, self.disadvantages)
    }

    /// A value with all that changes it, dice left out.
    #[must_use]
    #[inline]
    pub fn over(&self, value: i32) -> i32 {
        let value = self.set.unwrap_or(value).saturating_add(self.add).saturating_mul(self.multiply);
        let value = value.div_euclid(self.divide.max(1));
        let value = self.at_least.map_or(value, |least| value.max(least));
        self.at_most.map_or(value, |most| value.min(most))
    }

    /// Whether something grants it and nothing takes it away.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.granted && !self.denied
    }

    pub(super) fn take<S: Space>(
        &mut self,
        op: Op,
        value: Option<&'c Expr>,
        (damage, stack): (Option<DamageType>, Option<Id>),
        scene: &Scene<'_, 'c, S>,
    ) {
        let number = || value.map_or(0, |value| value.value(scene));
        match op {
            Op::Add => match value {
                Some(dice) if dice.has_dice() || damage.is_some() => {
                    self.take_dice(dice, damage, scene.context.effect);
                }
                _ => {
                    let before = self.add;
                    self.take_add(number(), stack);
                    self.note_source(scene.context.effect, self.add - before);
                }
            },
            Op::Set => self.set = Some(self.set.map_or_else(number, |set| set.max(number()))),
            Op::AtLeast => self.at_least = Some(self.at_least.unwrap_or(i32::MIN).max(number())),
            Op::AtMost => self.at_most = Some(self.at_most.unwrap_or(i32::MAX).min(number())),
            Op::Multiply => self.multiply = self.multiply.saturating_mul(number().max(0)),
            Op::Divide => self.divide = self.divide.saturating_mul(number().max(1)),
            Op::Advantage => self.advantages += 1,
            Op::Disadvantage => self.disadvantages += 1,
            Op::Fail => self.fails = true,
            Op::Succeed => self.succeeds = true,
            Op::Critical => self.critical = true,
            Op::Reroll => self.reroll = self.reroll.max(number()),
            Op::DieAtLeast => self.die_at_least = self.die_at_least.max(number()),
            Op::Grant => self.granted = true,
            Op::Deny => self.denied = true,
        }
    }

    /// Of modifiers with one key only the best counts.
    fn take_add(&mut self, number: i32, stack: Option<Id>) {
        let Some(key) = stack else {
            self.add += number;
            return;
        };
        for place in &mut self.stacks {
            match place {
                Some((id, best)) if *id == key => {
                    self.add += (number - *best).max(0);
                    *best = (*best).max(number);
                    return;
                }
                Some(_) => {}
                None => {
                    *place = Some((key, number));
                    self.add += number;
                    return;
                }
            }
        }
        self.add += number;
    }

    fn note_source(&mut self, effect: Option<EffectKey>, added: i32) {
        let Some(effect) = effect.filter(|_| added != 0) else { return };
        if let Some(place) = self.sources.iter_mut().find(|place| place.is_none()) {
            *place = Some((effect, added));
        }
    }

    fn take_dice(&mut self, dice: &'c Expr, damage: Option<DamageType>, effect: Option<EffectKey>) {
        if let Some(place) = self.dice.iter_mut().find(|place| place.is_none()) {
            *place = Some(AddedDice { dice, kind: damage, effect });
        }
    }
}

impl<'c> Arena<'c> {
    /// Gathers the modifiers of a creature whose path is one of `kinds` (bits of [`Path::bit`]) and that `fits`.
    pub fn tally<S: Space>(
        &self,
        who: Handle,
        kinds: u64,
        scene: &Scene<'_, 'c, S>,
        fits: impl Fn(Path) -> bool,
    ) -> Tally<'c> {
        let mut tally = Tally::default();
        self.tally_into(&mut tally, who, kinds, scene, fits);
        tally
    }

    /// Like [`Self::tally`], on top of what was gathered before.
    pub fn tally_into<S: Space>(
        &self,
        tally: &mut Tally<'c>,
        who: Handle,
        kinds: u64,
        scene: &Scene<'_, 'c, S>,
        fits: impl Fn(Path) -> bool,
    ) {
        let Some(creature) = self.get(who) else { return };
        if creature.mask & kinds == 0 || scene.is_deep() {
            return;
        }
        for active in &creature.modifiers {
            let modifier = active.modifier;
            if modifier.path.bit() & kinds == 0 || !fits(modifier.path) {
                continue;
            }
            if modifier.when.is_none() && modifier.value.is_none() {
                tally.take(modifier.op, None, (modifier.damage, modifier.stack), scene);
                continue;
            }
            let known = scene.known_to(who, active.effect);
            let within = scene.seen_as(&known);
            if modifier.when.as_ref().is_some_and(|when| !when.holds(&within)) {
                continue;
            }
            tally.take(modifier.op, modifier.value.as_ref(), (modifier.damage, modifier.stack), &within);
        }
    }
}
