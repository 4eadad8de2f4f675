//! What sets off what: triggers, reactions, and the stack of interrupts.

use crate::Id;
use crate::content::CastingTime;
use crate::language::expr::Luck;
use crate::language::{Cost, Effect, Event, Frequency, Trigger};

use super::{Context, DEPTH_MAX, EventFacts, Play, attack::EventJoin, checks::SaveFor};
use crate::combat::{EffectKey, Handle, Happening, Policy, Space};

/// How triggers are run: by themselves, or so that their damage joins a blow.
#[derive(Clone, Copy)]
struct Firing {
    facts: EventFacts,
    depth: u8,
    joins: bool,
    critical: bool,
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Something happens to a creature: whatever waits for it on that creature is done.
    #[inline]
    pub(super) fn fire(
        &mut self,
        event: Event,
        bearer: Handle,
        other: Handle,
        facts: &EventFacts,
        depth: u8,
    ) {
        if self.listens(event, bearer) {
            self.fire_all(
                event,
                bearer,
                other,
                Firing { facts: *facts, depth, joins: false, critical: false },
            );
        }
    }

    /// Like [`Self::fire`], but damage steps join the blow that is gathered.
    pub(super) fn fire_joining(&mut self, event: Event, bearer: Handle, other: Handle, join: EventJoin) {
        let EventJoin { facts, critical, depth } = join;
        if self.listens(event, bearer) {
            self.fire_all(event, bearer, other, Firing { facts, depth, joins: true, critical });
        }
    }

    /// Whether anything on a creature waits for an event: most of the time nothing does.
    #[inline]
    pub(super) fn listens(&self, event: Event, who: Handle) -> bool {
        self.arena.get(who).is_some_and(|creature| creature.listens & event.bit() != 0)
    }

    fn fire_all(&mut self, event: Event, bearer: Handle, other: Handle, firing: Firing) {
        if firing.depth >= DEPTH_MAX {
            return;
        }
        let mut index = 0;
        // The list may change under way: an effect that ends takes itself out.
        while let Some(key) = self.arena.get(bearer).and_then(|creature| creature.effects.get(index)).copied()
        {
            self.fire_effect(event, key, (bearer, other), firing);
            let stays = self.arena.get(bearer).and_then(|creature| creature.effects.get(index)) == Some(&key);
            index += usize::from(stays);
        }
        if self.arena.get(bearer).is_some_and(|creature| creature.reacts_to & event.bit() != 0) {
            self.react(event, (bearer, other), firing);
        }
        self.fire_readied(event, bearer, other);
    }

    /// Everybody near enough to see a creature is told of what happens to it; friends of it, or foes.
    pub(super) fn fire_around(
        &mut self,
        event: Event,
        who: Handle,
        facts: EventFacts,
        depth: u8,
        friends: bool,
    ) {
        let Some(side) = self.arena.get(who).map(|creature| creature.side) else { return };
        let start = self.arena.scratch.found.len();
        let volume = crate::combat::Volume::Sphere { at: self.space.position(who), radius: 120 };
        self.space.within(&volume, &mut self.arena.scratch.found);
        let end = self.arena.scratch.found.len();
        self.each((start, end), |play, _, near| {
            let fits = play.arena.get(near).is_some_and(|creature| (creature.side == side) == friends);
            if near != who && fits {
                play.fire(event, near, who, &facts, depth + 1);
            }
        });
    }

    /// A creature has done something to another.
    pub(super) fn affects(&mut self, by: Handle, who: Handle) {
        if by != who {
            self.fire(Event::Affects, by, who, &EventFacts::default(), 0);
        }
    }

    /// Only the triggers of one effect.
    pub(super) fn fire_one(&mut self, event: Event, key: EffectKey, bearer: Handle, other: Handle) {
        let firing = Firing { facts: EventFacts::default(), depth: 0, joins: false, critical: false };
        self.fire_effect(event, key, (bearer, other), firing);
    }

    fn fire_effect(
        &mut self,
        event: Event,
        key: EffectKey,
        (bearer, other): (Handle, Handle),
        firing: Firing,
    ) {
        let Some(lasting) = self.arena.effect(key).copied() else { return };
        let mut context = Context { event: firing.facts, ..lasting.context };
        context.own = bearer;
        context.target = other;
        context.source = lasting.source;
        context.effect = Some(key);
        context.joins = firing.joins;
        context.critical = firing.critical;
        context.depth = firing.depth + 1;
        let mut number = 0;
        self.fire_triggers(event, lasting.effect, context, &mut number, 0);
        // An effect may have ended by what it did.
        if self.arena.effect(key).is_none_or(|now| !std::ptr::eq(now.effect, lasting.effect)) {
            return;
        }
        let effect = lasting.effect;
        if let Some(save) = &effect.save_ends
            && save.at == event
            && self.holds(context, save.when.as_ref())
        {
            let dc = save.dc.as_ref().map_or(i32::from(lasting.context.dc), |dc| self.value(context, dc));
            let from = Context { own: lasting.source, target: bearer, ..context };
            if self.roll_save(from, bearer, save.ability, dc, SaveFor::Effect) {
                self.conclude(key);
                return;
            }
        }
        let ends = effect.ends_on.contains(&event)
            || effect.ends_when.as_ref().is_some_and(|when| when.holds(&self.scene(&context)));
        // What is ending already does not end again.
        if ends && event != Event::Ends {
            self.conclude(key);
        }
    }

    fn fire_triggers(
        &mut self,
        event: Event,
        effect: &'c Effect,
        context: Context<'c>,
        number: &mut u8,
        depth: u8,
    ) {
        for trigger in &effect.triggers {
            *number += 1;
            if trigger.on == event {
                self.try_trigger(trigger, context, *number);
            }
        }
        if depth < 4 {
            let library = self.arena.library;
            for condition in effect.conditions.iter().filter_map(|id| library.condition(*id)) {
                self.fire_triggers(event, &condition.gives, context, number, depth + 1);
            }
        }
    }

    fn try_trigger(&mut self, trigger: &'c Trigger, context: Context<'c>, number: u8) {
        let bit = 1_u32 << (number % 32);
        if let (Some(frequency), Some(key)) = (trigger.once_per, context.effect)
            && self.was_used(key, frequency, bit)
        {
            return;
        }
        let leaves = |creature: &crate::combat::Creature<'c>| creature.policy == Policy::Never;
        if trigger.optional && self.arena.get(context.own).is_some_and(leaves) {
            return;
        }
        if !self.holds(context, trigger.when.as_ref()) || !self.pay_trigger(context.own, trigger) {
            return;
        }
        if let (Some(frequency), Some(key)) = (trigger.once_per, context.effect) {
            self.mark_used(key, frequency, bit);
        }
        self.run(&context, &trigger.then);
    }

    /// Whether a trigger can be paid for; if so, it is.
    fn pay_trigger(&mut self, who: Handle, trigger: &Trigger) -> bool {
        let Some(cost) = trigger.cost else { return true };
        let Some(creature) = self.arena.get_mut(who) else { return false };
        match cost {
            Cost::Reaction => {
                if !creature.can_react() || creature.policy == Policy::Never {
                    return false;
                }
                creature.economy.reactions -= 1;
                self.emit(Happening::Reacted { who });
                true
            }
            Cost::Bonus if creature.can_act() && creature.economy.bonus_actions > 0 => {
                creature.economy.bonus_actions -= 1;
                true
            }
            Cost::Action if creature.can_act() && creature.economy.actions > 0 => {
                creature.economy.actions -= 1;
                true
            }
            Cost::Free | Cost::Minutes(_) => true,
            _ => false,
        }
    }

    fn was_used(&self, key: EffectKey, frequency: Frequency, bit: u32) -> bool {
        let turn = self.arena.turn;
        self.arena.effect(key).is_some_and(|lasting| {
            let used = &lasting.used;
            let bits = match frequency {
                Frequency::Turn if used.turn != turn => 0,
                Frequency::Turn => used.in_turn,
                Frequency::Round => used.in_round,
                Frequency::ShortRest => used.until_short_rest,
                Frequency::LongRest => used.until_long_rest,
                Frequency::Ever => used.ever,
            };
            bits & bit != 0
        })
    }

    fn mark_used(&mut self, key: EffectKey, frequency: Frequency, bit: u32) {
        let turn = self.arena.turn;
        let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) else { return };
        let used = &mut lasting.used;
        match frequency {
            Frequency::Turn => {
                if used.turn != turn {
                    used.turn = turn;
                    used.in_turn = 0;
                }
                used.in_turn |= bit;
            }
            Frequency::Round => used.in_round |= bit,
            Frequency::ShortRest => used.until_short_rest |= bit,
            Frequency::LongRest => used.until_long_rest |= bit,
            Frequency::Ever => used.ever |= bit,
        }
    }

    /// The creature's own reactions, then its spells that answer to the event.
    fn react(&mut self, event: Event, (bearer, other): (Handle, Handle), firing: Firing) {
        let Some(creature) = self.arena.get(bearer) else { return };
        if !creature.can_react() || creature.policy == Policy::Never {
            return;
        }
        let mut context =
            self.arena.own_context(bearer, creature.sheet.id.unwrap_or_else(super::harm::unnamed));
        context.target = other;
        context.event = firing.facts;
        context.depth = firing.depth + 1;
        for index in 0..creature.reactions.len() {
            let Some(trigger) =
                self.arena.get(bearer).and_then(|creature| creature.reactions.get(index)).copied()
            else {
                return;
            };
            if trigger.on == event && self.holds(context, trigger.when.as_ref()) {
                let paid = Trigger {
                    cost: trigger.cost.or(Some(Cost::Reaction)),
                    then: Vec::new(),
                    ..trigger.clone()
                };
                if self.pay_trigger(bearer, &paid) {
                    self.run(&context, &trigger.then);
                    return;
                }
            }
        }
        self.react_with_spell(event, context);
    }

    fn react_with_spell(&mut self, event: Event, context: Context<'c>) {
        let library = self.arena.library;
        let bearer = context.own;
        let mut index = 0;
        while let Some(id) = self.arena.get(bearer).and_then(|creature| {
            let innate = creature.book.innate.iter().map(|(spell, ..)| *spell);
            creature.book.spells.iter().copied().chain(innate).nth(index)
        }) {
            index += 1;
            let Some(spell) = library.spell(id) else { continue };
            let CastingTime::Reaction(trigger) = &spell.casting else { continue };
            if trigger.on != event || !self.holds(context, trigger.when.as_ref()) {
                continue;
            }
            // Enough to be sure of a counterspell, if there is such a slot; else the lowest.
            let wanted = spell.level.max(context.event.cast_level);
            let Some(slot) = self.reaction_slot(bearer, id, spell.level, wanted) else { continue };
            if let Some(creature) = self.arena.get_mut(bearer) {
                creature.economy.reactions = creature.economy.reactions.saturating_sub(1);
            }
            self.emit(Happening::Reacted { who: bearer });
            self.cast_reaction(context, spell, slot);
            return;
        }
    }

    /// The slot that a creature's policy spends on a reaction.
    fn reaction_slot(&self, who: Handle, spell: Id, least: u8, wanted: u8) -> Option<u8> {
        let creature = self.arena.get(who)?;
        if creature.book.innate.iter().any(|(id, left, times, _)| *id == spell && (*times == 0 || *left > 0))
        {
            return Some(0);
        }
        let limit = match creature.policy {
            Policy::Always => 10,
            Policy::SlotsBelow(level) => level,
            Policy::Never => return None,
        };
        let free = |level: u8| {
            level < limit
                && (creature.book.slots[usize::from(level)] > 0
                    || creature.book.pact.0 > 0 && creature.book.pact.1 == level)
        };
        (wanted..=9).find(|level| free(*level)).or_else(|| (least.max(1)..=9).find(|level| free(*level)))
    }
}
