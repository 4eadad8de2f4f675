//! Rests and dawns.

use crate::language::expr::Luck;
use crate::language::{Event, Recharge};
use crate::vocabulary::State;
use crate::{hit_dice_regained, modifier};

use super::{EventFacts, Play, harm::unnamed};
use crate::combat::{EffectKey, Ends, Handle, Life, Space};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// A short rest, in which a creature spends up to so many hit dice.
    pub fn short_rest(&mut self, who: Handle, hit_dice: u8) {
        let Some(creature) = self.arena.get(who) else { return };
        if creature.life == Life::Dead || creature.is(State::NoRest) {
            return;
        }
        let spent = hit_dice.min(creature.hit_dice);
        let (sides, each) = (
            u32::from(creature.sheet.hit_die),
            i32::from(modifier(creature.sheet.scores[crate::Ability::Constitution])),
        );
        let context = self.arena.own_context(who, creature.sheet.id.unwrap_or_else(unnamed));
        let mut amount = 0;
        for _ in 0..spent {
            let healed = (self.luck.die(sides) as i32 + each).max(0);
            self.heal(context, who, healed);
            amount += healed;
        }
        if let Some(creature) = self.arena.get_mut(who) {
            creature.hit_dice -= spent;
            creature.book.pact.0 = creature.book.pact_max;
        }
        self.refill_stocks(who, &[Recharge::ShortRest, Recharge::Turn, Recharge::Combat]);
        self.end_all(who, |ends| ends == Ends::ShortRest);
        self.forget_uses(who, false);
        self.fire(Event::ShortRest, who, who, &EventFacts { amount, ..EventFacts::default() }, 0);
    }

    /// A long rest.
    pub fn long_rest(&mut self, who: Handle) {
        let ruleset = self.arena.ruleset;
        let Some(creature) = self.arena.get_mut(who) else { return };
        if creature.life == Life::Dead || creature.is(State::NoRest) {
            return;
        }
        let spent = creature.sheet.hit_dice.saturating_sub(creature.hit_dice);
        creature.hit_dice += hit_dice_regained(creature.sheet.hit_dice, spent, &ruleset).min(spent);
        creature.hp_drained = 0;
        creature.temp_hp = 0;
        creature.life = Life::Alive;
        creature.book.slots = creature.book.slots_max;
        creature.book.pact.0 = creature.book.pact_max;
        creature.hp = creature.hp.max(1);
        self.refill_stocks(who, &[Recharge::ShortRest, Recharge::LongRest, Recharge::Turn, Recharge::Combat]);
        self.end_all(who, |ends| matches!(ends, Ends::ShortRest | Ends::LongRest));
        self.forget_uses(who, true);
        self.exhaust(who, -1);
        let context = self.arena.own_context(who, unnamed());
        let hp_max = self.arena.hp_max(who, &self.scene(&context));
        if let Some(creature) = self.arena.get_mut(who) {
            creature.hp = hp_max;
        }
        self.fire(Event::LongRest, who, who, &EventFacts::default(), 0);
    }

    /// The sun rises.
    pub fn dawn(&mut self, who: Handle) {
        let legendary = self
            .arena
            .get(who)
            .and_then(|creature| self.arena.library.monster(creature.sheet.id?))
            .map_or(0, |monster| monster.legendary_resistance);
        self.refill_stocks(who, &[Recharge::Dawn]);
        if let Some(creature) = self.arena.get_mut(who) {
            creature.legendary_resistance = creature.legendary_resistance.max(legendary);
            for (_, left, times, _) in &mut creature.book.innate {
                *left = *times;
            }
        }
        self.end_all(who, |ends| ends == Ends::Dawn);
        self.fire(Event::Dawn, who, who, &EventFacts::default(), 0);
    }

    fn refill_stocks(&mut self, who: Handle, when: &[Recharge]) {
        let count = self.arena.get(who).map_or(0, |creature| creature.stocks.len());
        let context = self.arena.own_context(who, unnamed());
        for index in 0..count {
            let Some(stock) = self.arena.get(who).map(|creature| creature.stocks[index]) else { return };
            if !when.contains(&stock.recharge) {
                continue;
            }
            if stock.recharge == Recharge::Dawn && stock.left < stock.max && stock.days.0 > 1 {
                let passed = stock.days.1 + 1;
                let is_over = passed >= stock.days.0;
                if let Some(creature) = self.arena.get_mut(who) {
                    creature.stocks[index].days.1 = if is_over { 0 } else { passed };
                }
                if !is_over {
                    continue;
                }
            }
            let gained = stock.regain.map_or(stock.max, |regain| self.roll(context, regain));
            if let Some(creature) = self.arena.get_mut(who) {
                creature.stocks[index].left = (stock.left + gained).clamp(0, stock.max);
            }
        }
    }

    fn end_all(&mut self, who: Handle, fits: impl Fn(Ends) -> bool) {
        loop {
            let next: Option<EffectKey> =
                self.arena.effects_on(who).find(|(_, lasting)| fits(lasting.ends)).map(|(key, _)| key);
            let Some(key) = next else { return };
            self.end_effect(key);
        }
    }

    fn forget_uses(&mut self, who: Handle, long: bool) {
        let count = self.arena.get(who).map_or(0, |creature| creature.effects.len());
        for index in 0..count {
            let key = self.arena.get(who).and_then(|creature| creature.effects.get(index)).copied();
            if let Some(lasting) = key.and_then(|key| self.arena.effects.get_mut(key.0 as usize)?.as_mut()) {
                lasting.used.until_short_rest = 0;
                if long {
                    lasting.used.until_long_rest = 0;
                }
            }
        }
    }
}
