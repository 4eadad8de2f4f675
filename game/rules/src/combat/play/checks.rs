//! Saves, checks and contests.

use crate::language::expr::Luck;
use crate::language::{Adjust, Check, Contest, Event, Node, Op, RollKind, Save};
use crate::vocabulary::{Skill, State};
use crate::{Ability, Id, Word};

use super::{Context, EventFacts, Halve, Pending, Play};
use crate::combat::{Handle, Happening, Space};

/// What a save is for.
#[derive(Clone, Copy)]
pub(in crate::combat) enum SaveFor<'c> {
    /// To keep concentration.
    Concentration,
    /// As a step says.
    Step(&'c Save),
    /// To end an effect.
    Effect,
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// The target makes a save, and what follows happens.
    pub(super) fn save(&mut self, mut context: Context<'c>, save: &'c Save) {
        let who = context.role(save.by);
        let dc = save.dc.as_ref().map_or(i32::from(context.dc), |dc| self.value(context, dc));
        let (total, success) = self.roll_save_total(context, who, save.ability, dc, SaveFor::Step(save));
        context.event.total = total;
        // Who was chosen to be spared by a sculpted spell takes nothing of it.
        if success && !save.half.is_empty() && self.is_spared(context, who, State::SculptsSpells) {
            return;
        }
        if !save.half.is_empty() {
            let evades = save.ability == Ability::Dexterity
                && self.arena.is_in(who, State::Evasion, &self.scene(&Context { own: who, ..context }));
            let halve = match (success, evades) {
                (true, true) => Halve::Nothing,
                (true, false) | (false, true) => Halve::Half,
                (false, false) => Halve::No,
            };
            self.run(&Context { halve, ..context }, &save.half);
        }
        context.halve = Halve::No;
        self.run(&context, if success { &save.success } else { &save.fail });
        if success && self.is_potent(context) {
            let harm = save.fail.iter().take_while(|node| matches!(node, Node::Damage(_))).count();
            self.run(&Context { halve: Halve::Half, ..context }, &save.fail[..harm]);
        }
    }

    /// Rolls a save; a legendary creature may turn a failure.
    pub(super) fn roll_save(
        &mut self,
        context: Context<'c>,
        who: Handle,
        ability: Ability,
        dc: i32,
        purpose: SaveFor<'c>,
    ) -> bool {
        self.roll_save_total(context, who, ability, dc, purpose).1
    }

    /// The same with the total of the roll, which may have failed by little or by much.
    fn roll_save_total(
        &mut self,
        context: Context<'c>,
        who: Handle,
        ability: Ability,
        dc: i32,
        purpose: SaveFor<'c>,
    ) -> (i32, bool) {
        let mut seen = Context { own: who, target: context.own, ..context };
        seen.event.ability = Some(ability);
        mark_origin(&mut seen.event, context.is_magic, context.is_spell);
        if let SaveFor::Step(save) = purpose {
            save.against.iter().for_each(|against| seen.event.set_against(*against));
            conditions_of(&save.fail, &mut |id| seen.event.set_against(id));
        }
        let mut pending = Pending::of(RollKind::Save);
        if let SaveFor::Step(save) = purpose {
            let holds = |when: &Option<_>| when.is_some() && self.holds(context, when.as_ref());
            pending.advantages += u32::from(holds(&save.advantage));
            pending.disadvantages += u32::from(holds(&save.disadvantage));
            pending.fails |= holds(&save.auto_fail);
            pending.succeeds |= holds(&save.auto_success);
        }
        self.shape_save(context, who, &mut pending);
        let pending =
            self.interrupted(pending, Event::RollsSave, who, context.own, seen.event, context.depth);
        let (bonus, tally) = {
            let scene = self.scene(&seen);
            let concentrates = matches!(purpose, SaveFor::Concentration);
            self.arena.save_tally(who, ability, concentrates, &scene)
        };
        let (mut roll, mut success) = self.test((bonus, tally), &pending, dc, seen);
        if !success {
            let after = self.answered(Pending::of(RollKind::Save), Event::FailsSave, who, context.own, &seen);
            if after.reroll {
                (roll, success) = self.test((bonus, tally), &pending, dc, seen);
            }
            success |= after.succeeds;
        }
        if !success
            && let Some(creature) = self.arena.get_mut(who)
            && creature.legendary_resistance > 0
            && !matches!(purpose, SaveFor::Concentration)
        {
            creature.legendary_resistance -= 1;
            success = true;
            self.emit(Happening::Resisted { who });
        }
        self.emit(Happening::Saved { who, ability, roll, success });
        self.affects(context.own, who);
        self.use_up(who, crate::language::Path::Save(None).bit());
        if success {
            self.fire(Event::Saves, who, context.own, &seen.event, context.depth);
        }
        (i32::from(roll.die) + roll.bonus, success)
    }

    /// Somebody makes a check, and what follows happens.
    pub(super) fn check(&mut self, context: Context<'c>, check: &'c Check) {
        let who = context.role(check.by);
        // What opposes it may be a roll of its own, as of a hand that is no creature.
        let dc = self.roll(context, &check.dc);
        let ability = if check.casting {
            self.arena.get(who).and_then(|creature| creature.sheet.casting)
        } else {
            check.ability
        };
        let other = if who == context.own { context.target } else { context.own };
        let success = self.roll_check(context, (who, other), &check.skills, ability, Some(dc)).1;
        self.run(&context, if success { &check.success } else { &check.fail });
    }

    /// Rolls a check with the best of some skills; gives its total and whether it reached the number.
    pub(super) fn roll_check(
        &mut self,
        context: Context<'c>,
        (who, other): (Handle, Handle),
        skills: &[Skill],
        ability: Option<Ability>,
        dc: Option<i32>,
    ) -> (i32, bool) {
        let mut seen = Context { own: who, target: other, ..context };
        let best = {
            let scene = self.scene(&seen);
            let reckoned =
                |skill: &Skill| self.arena.check_tally(who, Some(*skill), skill.ability(), &scene).0;
            skills.iter().copied().max_by_key(reckoned)
        };
        let ability = ability.or_else(|| best.map(Skill::ability)).unwrap_or(Ability::Strength);
        seen.event.ability = Some(ability);
        seen.event.skill = best;
        let pending = Pending::of(RollKind::Check);
        let pending = self.interrupted(pending, Event::RollsCheck, who, other, seen.event, context.depth);
        let (bonus, tally) = {
            let scene = self.scene(&seen);
            self.arena.check_tally(who, best, ability, &scene)
        };
        let against = dc.unwrap_or(0);
        let (roll, success) = self.test((bonus, tally), &pending, against, seen);
        self.emit(Happening::Checked { who, skill: best, roll, success });
        self.use_up(who, crate::language::Path::Check(None).bit());
        (i32::from(roll.die) + roll.bonus, success)
    }

    /// Opposed checks; a draw leaves things as they are.
    pub(super) fn contest(&mut self, context: Context<'c>, contest: &'c Contest) {
        let (own, target) = (context.own, context.target);
        let casting = self.arena.get(own).and_then(|creature| creature.sheet.casting);
        let ability = casting.filter(|_| contest.casting).or(contest.own_ability);
        let ours = self.roll_check(context, (own, target), &contest.own, ability, None).0;
        let theirs = self.roll_check(context, (target, own), &contest.target, contest.target_ability, None).0;
        self.run(&context, if ours > theirs { &contest.win } else { &contest.lose });
    }

    /// An interrupt changes what waits for it.
    pub(super) fn adjust(&mut self, context: Context<'c>, adjust: &'c Adjust) {
        let value = adjust.value.as_ref().map_or(0, |value| self.roll(context, value));
        let pending = self.arena.scratch.pending.iter_mut().rev().find(|pending| pending.kind == adjust.roll);
        let Some(pending) = pending else { return };
        match adjust.op {
            Op::Add => pending.add += value,
            Op::Set => pending.set = Some(value),
            Op::AtLeast => pending.at_least = Some(value),
            Op::Divide => pending.divide *= value.max(1),
            Op::Advantage => pending.advantages += 1,
            Op::Disadvantage => pending.disadvantages += 1,
            Op::Reroll => pending.reroll = true,
            Op::Fail => pending.fails = true,
            Op::Succeed => pending.succeeds = true,
            Op::Critical => pending.critical = true,
            Op::AtMost | Op::Multiply | Op::DieAtLeast | Op::Grant | Op::Deny => {}
        }
    }

    /// Lets the one whose roll it is answer to how it went, and gives what it did about it.
    pub(super) fn answered(
        &mut self,
        pending: Pending,
        event: Event,
        who: Handle,
        other: Handle,
        context: &Context<'c>,
    ) -> Pending {
        if !self.listens(event, who) {
            return pending;
        }
        self.arena.scratch.pending.push(pending);
        self.fire(event, who, other, &context.event, context.depth);
        self.arena.scratch.pending.pop().unwrap_or(pending)
    }

    /// Lets whoever may interrupt do so, and gives what they did to what waits.
    pub(super) fn interrupted(
        &mut self,
        pending: Pending,
        event: Event,
        who: Handle,
        other: Handle,
        facts: EventFacts,
        depth: u8,
    ) -> Pending {
        let listens = self.listens(event, who);
        let watched = self.arena.is_watched(Event::AllyRolls) || self.arena.is_watched(Event::EnemyRolls);
        if !listens && !watched {
            return pending;
        }
        self.arena.scratch.pending.push(pending);
        if listens {
            self.fire(event, who, other, &facts, depth);
        }
        if watched {
            self.fire_around(Event::AllyRolls, who, facts, depth, true);
            self.fire_around(Event::EnemyRolls, who, facts, depth, false);
        }
        self.arena.scratch.pending.pop().unwrap_or(pending)
    }
}

/// What a roll is against, as far as the spell or effect tells.
pub(in crate::combat) fn mark_origin(event: &mut EventFacts, is_magic: bool, is_spell: bool) {
    static MAGIC: Word = Word::new("magic");
    static SPELL: Word = Word::new("spell");
    if is_magic || is_spell {
        event.set_against(MAGIC.id());
    }
    if is_spell {
        event.set_against(SPELL.id());
    }
}

/// Conditions that steps would apply.
pub(in crate::combat) fn conditions_of(nodes: &[Node], found: &mut impl FnMut(Id)) {
    for node in nodes {
        if let Node::Apply(apply) = node {
            apply.effect.conditions.iter().chain(&apply.effect.tags).for_each(|id| found(*id));
        }
    }
}
