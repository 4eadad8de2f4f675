//! Spells: what they cost, who may undo them, what they do.

use crate::content::{CastingTime, Range, Spell};
use crate::language::expr::{Expr, Luck, Question};
use crate::language::{Cast, Event, RollKind, Target, Targeting};
use crate::vocabulary::State;
use crate::{Cover, Id};

use super::{Context, EventFacts, Pending, Play};
use crate::combat::{Aim, Handle, Happening, Life, Refusal, Space};

/// Feet that a touch reaches.
const TOUCH_FT: u16 = 5;

/// How a spell is paid for.
#[derive(Clone, Copy)]
pub(super) enum Payment {
    /// A slot of this level.
    Slot(u8),
    /// A pact slot.
    Pact,
    /// By nature: the number among the innate spells, and the level.
    Innate(usize, u8),
    /// Nothing: cantrips.
    Nothing,
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// A creature casts a spell with its action or bonus action.
    pub(super) fn cast(&mut self, who: Handle, id: Id, slot: u8, aim: Aim<'_>) -> Result<(), Refusal> {
        let library = self.arena.library;
        let spell = library.spell(id).ok_or(Refusal::Unknown(id))?;
        let payment = self.payment(who, spell, slot)?;
        self.check_components(who, spell)?;
        let context = self.spell_context(who, spell, payment, aim);
        for lot in lots(aim, self.is_twinned(who, spell)) {
            self.check_aim(&context, &spell.target, self.shaped_reach(who, spell), lot)?;
        }
        self.check_casting_time(who, spell)?;
        self.pay_casting(who, spell, payment);
        self.perform(context, spell, aim);
        Ok(())
    }

    /// A spell cast as an interrupt; its cost in reactions is paid.
    pub(super) fn cast_reaction(&mut self, waiting: Context<'c>, spell: &'c Spell, slot: u8) {
        let who = waiting.own;
        let Ok(payment) = self.payment(who, spell, slot) else { return };
        if self.check_components(who, spell).is_err() {
            return;
        }
        let targets = [waiting.target];
        let aim = Aim { targets: &targets, ..Aim::default() };
        let mut context = self.spell_context(who, spell, payment, aim);
        context.event = waiting.event;
        context.depth = waiting.depth;
        self.pay_casting(who, spell, payment);
        self.perform(context, spell, aim);
    }

    pub(super) fn payment(&self, who: Handle, spell: &Spell, slot: u8) -> Result<Payment, Refusal> {
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        let innate = creature.book.innate.iter().position(|(id, ..)| *id == spell.id);
        if let Some(number) = innate.filter(|_| slot == 0 || !creature.book.spells.contains(&spell.id)) {
            let (_, left, times, level) = creature.book.innate[number];
            if times > 0 && left == 0 {
                return Err(Refusal::Spent);
            }
            return Ok(Payment::Innate(number, level.max(spell.level)));
        }
        if !creature.book.spells.contains(&spell.id) {
            return Err(Refusal::Unknown(spell.id));
        }
        if spell.level == 0 {
            return Ok(Payment::Nothing);
        }
        if slot < spell.level || slot > 9 {
            return Err(Refusal::SlotTooLow { spell: spell.level, slot });
        }
        if creature.book.slots[usize::from(slot)] > 0 {
            return Ok(Payment::Slot(slot));
        }
        let (left, level) = creature.book.pact;
        if left > 0 && level == slot { Ok(Payment::Pact) } else { Err(Refusal::NoSlot(slot)) }
    }

    pub(super) fn check_components(&self, who: Handle, spell: &Spell) -> Result<(), Refusal> {
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        let free = creature.book.no_components || creature.is(State::NoComponents);
        let mute = spell.components.verbal && creature.is(State::NoSpeech);
        let bound = spell.components.somatic && creature.is(State::NoHands);
        if !free && (mute || bound) || creature.is(State::NoSpells) || creature.is(State::Antimagic) {
            return Err(Refusal::Components);
        }
        Ok(())
    }

    fn check_casting_time(&mut self, who: Handle, spell: &Spell) -> Result<(), Refusal> {
        let creature = self.arena.get_mut(who).ok_or(Refusal::Absent)?;
        if !creature.can_act() {
            return Err(Refusal::CannotAct);
        }
        let quickened = creature.is(State::QuickenedSpell) && matches!(spell.casting, CastingTime::Action);
        let economy = &mut creature.economy;
        match if quickened { &CastingTime::Bonus } else { &spell.casting } {
            CastingTime::Action => {
                if economy.bonus_spell && spell.level > 0 {
                    return Err(Refusal::BonusSpell);
                }
                economy.actions = economy.actions.checked_sub(1).ok_or(Refusal::NoAction)?;
                economy.leveled_spell |= spell.level > 0;
            }
            CastingTime::Bonus => {
                if economy.leveled_spell {
                    return Err(Refusal::BonusSpell);
                }
                economy.bonus_actions = economy.bonus_actions.checked_sub(1).ok_or(Refusal::NoBonusAction)?;
                economy.bonus_spell = true;
            }
            CastingTime::Reaction(_) => return Err(Refusal::NotNow),
            CastingTime::Minutes(minutes) => return Err(Refusal::TakesMinutes(*minutes)),
        }
        Ok(())
    }

    pub(super) fn pay_casting(&mut self, who: Handle, spell: &Spell, payment: Payment) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        match payment {
            Payment::Slot(level) => creature.book.slots[usize::from(level)] -= 1,
            Payment::Pact => creature.book.pact.0 -= 1,
            Payment::Innate(number, _) => {
                let (_, left, times, _) = &mut creature.book.innate[number];
                if *times > 0 {
                    *left -= 1;
                }
            }
            Payment::Nothing => {}
        }
        let level = match payment {
            Payment::Slot(level) | Payment::Innate(_, level) => level,
            Payment::Pact => creature.book.pact.1,
            Payment::Nothing => 0,
        };
        self.emit(Happening::Cast { who, spell: spell.id, level });
    }

    pub(super) fn spell_context(
        &self,
        who: Handle,
        spell: &'c Spell,
        payment: Payment,
        aim: Aim<'_>,
    ) -> Context<'c> {
        let mut context = self.arena.own_context(who, spell.id);
        let pact = self.arena.get(who).map_or(0, |creature| creature.book.pact.1);
        context.slot = match payment {
            Payment::Slot(level) | Payment::Innate(_, level) => level,
            Payment::Pact => pact,
            Payment::Nothing => 0,
        };
        context.point = aim.point;
        context.choice = aim.choice;
        context.monster = aim.monster;
        as_spell(&mut context, spell);
        context
    }

    /// Whoever may undo the spell is asked; then it happens.
    pub(super) fn perform(&mut self, mut context: Context<'c>, spell: &'c Spell, aim: Aim<'_>) {
        let who = context.own;
        if self.is_countered(context, spell) {
            self.emit(Happening::Countered { who, spell: spell.id });
            return;
        }
        let other = aim.targets.first().copied().unwrap_or(who);
        let count = aim.targets.len().min(64) as u8;
        self.tell_materials(Context { target: other, count, ..context }, spell);
        self.arena.scratch.spared.clear();
        let after = Pending::of(RollKind::Cast);
        if self.answered(after, Event::Casts, who, other, &context).cancelled {
            self.emit(Happening::Countered { who, spell: spell.id });
            self.end_metamagic(who);
            return;
        }
        if needs_concentration(spell, context.slot) {
            self.end_concentration(who);
            context.concentration = true;
            if let Some(creature) = self.arena.get_mut(who) {
                creature.concentration = Some((spell.id, context.slot));
            }
        }
        for lot in lots(aim, self.is_twinned(who, spell)) {
            self.run_aimed(context, &spell.target, lot, &spell.then);
        }
        if let Some(point) = context.point {
            self.undo_layer(spell.id, point);
        }
        self.end_metamagic(who);
    }

    /// What an item or a feature casts.
    pub(super) fn cast_step(&mut self, context: Context<'c>, cast: &'c Cast) {
        let Some(spell) = self.arena.pick_spell(&context, cast) else { return };
        let mut own = Context { effect: None, ..context };
        if cast.by != crate::language::Who::Own {
            (own.own, own.target) = (context.role(cast.by), context.own);
            own.point = Some(self.space.position(context.own));
        }
        own.slot =
            cast.level.as_ref().map_or(i32::from(spell.level), |level| self.value(context, level)) as u8;
        if let Some(range) = cast.own.as_ref().filter(|range| range.paid) {
            let Some((payment, slot)) = self.least_payment(own.own, spell, range.level_max) else { return };
            own.slot = slot;
            self.pay_casting(own.own, spell, payment);
        }
        if let Some(dc) = &cast.dc {
            own.dc = self.value(context, dc) as i16;
        }
        if let Some(attack) = &cast.attack {
            own.attack = self.value(context, attack) as i16;
        }
        as_spell(&mut own, spell);
        if cast.own.as_ref().is_none_or(|range| !range.paid) {
            self.emit(Happening::Cast { who: own.own, spell: spell.id, level: own.slot });
        }
        if cast.on_self {
            own.target = own.own;
        }
        if needs_concentration(spell, own.slot) && !cast.no_concentration {
            self.end_concentration(own.own);
            own.concentration = true;
            if let Some(creature) = self.arena.get_mut(own.own) {
                creature.concentration = Some((spell.id, own.slot));
            }
        }
        self.run(&own, &spell.then);
    }

    /// Whether a familiar of the caster stands close enough to the target to carry a spell of touch to it.
    fn is_carried(&self, own: Handle, target: Handle) -> bool {
        const FAMILIAR_FT: u16 = 100;
        self.arena.creatures().any(|(who, creature)| {
            creature.summoned_by == Some(own)
                && creature.can_react()
                && self.space.distance(own, who) <= FAMILIAR_FT
                && (who == target || self.space.distance(who, target) <= TOUCH_FT)
                && self
                    .arena
                    .effects_on(who)
                    .any(|(_, lasting)| lasting.effect.tags.iter().any(|tag| tag.as_str() == "familiar"))
        })
    }

    /// The least slot with which a spell can be cast, and its level.
    pub(super) fn least_payment(&self, who: Handle, spell: &Spell, most: u8) -> Option<(Payment, u8)> {
        if spell.level == 0 {
            return Some((Payment::Nothing, 0));
        }
        let innate = self.payment(who, spell, 0).ok().map(|payment| (payment, spell.level));
        innate.or_else(|| {
            (spell.level..=most.min(9))
                .find_map(|slot| self.payment(who, spell, slot).ok().map(|payment| (payment, slot)))
        })
    }

    fn is_countered(&mut self, context: Context<'c>, spell: &Spell) -> bool {
        if !self.arena.is_watched(Event::SeesCast) {
            return false;
        }
        let facts = EventFacts { cast_level: context.slot.max(spell.level), ..context.event };
        self.arena.scratch.pending.push(Pending::of(RollKind::Cast));
        let start = self.arena.scratch.found.len();
        let volume = crate::combat::Volume::Sphere { at: self.space.position(context.own), radius: 120 };
        self.space.within(&volume, &mut self.arena.scratch.found);
        let end = self.arena.scratch.found.len();
        self.each((start, end), |play, _, near| {
            let undone = play.arena.scratch.pending.last().is_some_and(|pending| pending.cancelled);
            if near != context.own && !undone && play.arena.sees(play.space, near, context.own) {
                play.fire(Event::SeesCast, near, context.own, &facts, context.depth + 1);
            }
        });
        self.arena.scratch.pending.pop().is_some_and(|pending| pending.cancelled)
    }

    /// Does steps to whoever was aimed at: once for each of several creatures, else once.
    pub(super) fn run_aimed(
        &mut self,
        mut context: Context<'c>,
        target: &Target,
        aim: Aim<'_>,
        then: &'c [crate::language::Node],
    ) {
        let start = self.arena.scratch.found.len();
        self.arena.scratch.found.extend(aim.targets.iter().take(64));
        let length = self.arena.scratch.found.len() - start;
        context.aim = (start as u32, length as u32);
        context.count = length as u8;
        if let Some(first) = aim.targets.first() {
            context.target = *first;
        }
        if matches!(target, Target::Creatures(_)) && length > 0 {
            let memo = self.arena.scratch.memo.len();
            context.shared = length > 1;
            for index in 0..length {
                let who = self.arena.scratch.found[start + index];
                let mut turn = Context { target: who, index: index as u8, ..context };
                if self.aimed_at(&mut turn) {
                    self.run(&turn, then);
                }
            }
            self.arena.scratch.memo.truncate(memo);
        } else if !matches!(target, Target::Creatures(targeting) if targeting.objects)
            || context.point.is_none()
        {
            if matches!(target, Target::Own) {
                context.target = context.own;
            }
            let repeats = matches!(then, [crate::language::Node::Repeat(repeat)] if repeat.retarget);
            let asks = matches!(target, Target::Creature) && !repeats;
            if !asks || self.aimed_at(&mut context) {
                self.run(&context, then);
            }
        }
        self.arena.scratch.found.truncate(start);
    }

    /// Lets the target of a spell answer to being aimed at. False, if it undoes that; if it turns the spell back, the caster
    /// is the target, and the spell comes from where it was turned.
    pub(super) fn aimed_at(&mut self, context: &mut Context<'c>) -> bool {
        let (own, target) = (context.own, context.target);
        if !context.is_spell || own == target || !self.listens(Event::Targeted, target) {
            return true;
        }
        let after = self.answered(Pending::of(RollKind::Cast), Event::Targeted, target, own, context);
        if after.turned {
            (context.own, context.target) = (target, own);
            context.depth += 1;
        }
        after.turned || !after.cancelled
    }

    /// Whether what is aimed at may be aimed at.
    pub(super) fn check_aim(
        &self,
        context: &Context<'c>,
        target: &Target,
        reach: Option<u16>,
        aim: Aim<'_>,
    ) -> Result<(), Refusal> {
        let own = context.own;
        match target {
            Target::None | Target::Own | Target::Object => return Ok(()),
            Target::Point => {
                let point = aim.point.ok_or(Refusal::NoPoint)?;
                let Some(reach) = reach else { return Ok(()) };
                let within = crate::combat::Volume::Sphere { at: self.space.position(own), radius: reach };
                return if within.holds(point) {
                    Ok(())
                } else {
                    Err(Refusal::OutOfRange { distance: u16::MAX, reach })
                };
            }
            Target::Creature if aim.targets.contains(&own) => return Err(Refusal::WrongTarget),
            Target::Creature => {}
            Target::Creatures(targeting) => {
                let most = targeting.count.as_ref().map_or(1, |count| self.value(*context, count));
                if aim.targets.len() > most.clamp(0, 64) as usize {
                    return Err(Refusal::TooManyTargets(most.clamp(0, 64) as u8));
                }
                if aim.targets.contains(&own) && !targeting.own {
                    return Err(Refusal::WrongTarget);
                }
                let fits =
                    |who: &Handle| self.holds(Context { target: *who, ..*context }, targeting.when.as_ref());
                if !aim.targets.iter().all(fits) {
                    return Err(Refusal::WrongTarget);
                }
            }
        }
        if aim.targets.is_empty() {
            // A thing stands at a point.
            let at_thing =
                matches!(target, Target::Creatures(targeting) if targeting.objects) && aim.point.is_some();
            return if at_thing {
                self.check_aim(context, &Target::Point, reach, aim)
            } else {
                Err(Refusal::NoTarget)
            };
        }
        let is_for_dead = matches!(target, Target::Creatures(targeting) if asks_for_dead(targeting));
        for target in aim.targets {
            let creature = self.arena.get(*target).ok_or(Refusal::Absent)?;
            if context.is_spell && creature.life == Life::Dead && !is_for_dead {
                return Err(Refusal::TargetDead);
            }
            if *target == own {
                continue;
            }
            let distance = self.space.distance(own, *target);
            if let Some(reach) = reach
                && distance > reach
                && !(context.is_spell && reach == TOUCH_FT && self.is_carried(own, *target))
            {
                return Err(Refusal::OutOfRange { distance, reach });
            }
            if self.space.cover(own, *target) == Cover::Total || self.arena.are_apart(own, *target) {
                return Err(Refusal::Covered);
            }
        }
        Ok(())
    }
}

/// Whether those are meant who are dead: the spells of which that is so ask for it.
fn asks_for_dead(targeting: &Targeting) -> bool {
    let mut questions = targeting.when.iter().flat_map(Expr::questions);
    questions.any(|question| matches!(question, Question::In(_, State::Dead)))
}

/// What a spell is aimed at: all at once, or each of two targets as if it were cast at that one alone.
fn lots(aim: Aim<'_>, twinned: bool) -> impl Iterator<Item = Aim<'_>> {
    let apart = twinned && aim.targets.len() == 2;
    let count = if apart { 2 } else { 1 };
    (0..count).map(move |number| Aim {
        targets: if apart { &aim.targets[number..=number] } else { aim.targets },
        ..aim
    })
}

/// Whether a spell needs concentration when it is cast with such a slot.
fn needs_concentration(spell: &Spell, slot: u8) -> bool {
    spell.concentration && spell.concentration_below.is_none_or(|level| slot < level)
}

/// Marks a context as a spell's.
pub(in crate::combat) fn as_spell<'c>(context: &mut Context<'c>, spell: &'c Spell) {
    context.cause = spell.id;
    context.is_spell = true;
    context.is_magic = true;
    context.spell_level = spell.level;
    context.slot = context.slot.max(spell.level);
    context.lasts = Some(&spell.duration);
    context.event.spell = Some(spell.id);
    context.event.school = Some(spell.school);
    context.event.cast_level = context.slot;
}

/// The range of a spell in feet; none where there is no limit.
pub(in crate::combat) fn reach_of(range: Range) -> Option<u16> {
    match range {
        // A spell at oneself goes where its steps say.
        Range::Own | Range::Sight | Range::Unlimited => None,
        Range::Touch => Some(5),
        Range::Feet(feet) => Some(feet.min(u32::from(u16::MAX)) as u16),
    }
}
