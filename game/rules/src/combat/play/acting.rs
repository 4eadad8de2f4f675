//! Intents: what a creature asks to do, checked, paid for and done.

use std::sync::OnceLock;

use crate::language::expr::{AttackTrait, Luck};
use crate::language::{Action, Cost, Effect, Event, Node, Target};
use crate::ruleset::GrappleRule;
use crate::vocabulary::{Movement, Skill, State};
use crate::{Ability, Id};

use super::{Context, Play, attack::Strike, checks::SaveFor};
use crate::combat::{
    Aim, Attempt, Creature, Ends, Handle, Happening, Intent, Lasting, Refusal, ShoveTo, Space,
};

/// What the rules themselves lay on creatures, written as content is.
pub(super) struct OwnEffects {
    pub(super) grappled: Effect,
    pub(super) helped: Effect,
    pub(super) mounted: Effect,
}

pub(super) fn own_effects() -> &'static OwnEffects {
    static EFFECTS: OnceLock<OwnEffects> = OnceLock::new();
    let read = |text| serde_json::from_str(text).expect("the rules' own effects are well formed");
    EFFECTS.get_or_init(|| OwnEffects {
        grappled: read(
            r#"{"id": "srd:grapple", "duration": "permanent", "conditions": ["srd:grappled"], "held": "able",
                "escape": {"skills": ["athletics", "acrobatics"]}}"#,
        ),
        helped: read(
            r#"{"id": "srd:help", "duration": "source turn start", "ends_on": ["used"], "modifiers": [
                {"path": "attack", "op": "advantage"}, {"path": "check", "op": "advantage"}]}"#,
        ),
        mounted: read(
            r#"{"id": "srd:mounted", "duration": "permanent",
                "modifiers": [{"path": "state.mounted", "op": "grant"}]}"#,
        ),
    })
}

fn word(text: &'static str) -> Id {
    Id::new(text).expect("the word is well formed")
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Does what a creature asks for, or says why not. Nothing is spent on what is refused.
    pub fn attempt(&mut self, attempt: Attempt<'_>) -> Result<(), Refusal> {
        let Attempt { who, intent, aim } = attempt;
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        if !creature.can_act() && intent != Intent::EndConcentration {
            return Err(Refusal::CannotAct);
        }
        match intent {
            Intent::Attack(weapon) => self.attack_with(who, weapon, aim),
            Intent::OffHand(weapon) => self.off_hand(who, weapon, aim),
            Intent::Use(id) => self.use_action(who, id, aim),
            Intent::Cast(spell, slot) => self.cast(who, spell, slot, aim),
            Intent::Sever(weapon) => self.sever(who, weapon, aim),
            Intent::Grapple => self.grapple(who, aim),
            Intent::Shove(to) => self.shove(who, to, aim),
            Intent::EndConcentration => {
                self.end_concentration(who);
                Ok(())
            }
            Intent::StandUp => self.stand_up(who),
            Intent::DropProne => {
                self.fall_prone(who);
                Ok(())
            }
            Intent::Mount => self.mount(who, aim),
            _ => self.attempt_simple(who, intent, aim),
        }
    }

    /// Actions that everybody has.
    fn attempt_simple(&mut self, who: Handle, intent: Intent, aim: Aim<'_>) -> Result<(), Refusal> {
        match intent {
            Intent::Dash => {
                self.pay_action_or(who, State::FreeDash)?;
                let context = self.arena.own_context(who, word("dash"));
                let speed = self.arena.speed(who, Movement::Walk, &self.scene(&context));
                if let Some(creature) = self.arena.get_mut(who) {
                    creature.economy.movement = creature.economy.movement.saturating_add(speed);
                }
            }
            Intent::Disengage => {
                self.pay_action_or(who, State::FreeDisengage)?;
                self.stance(who, word("srd:disengaged"), Ends::TurnEnd(0));
            }
            Intent::Dodge => {
                self.pay(who, Cost::Action)?;
                self.stance(who, word("srd:dodging"), Ends::TurnStart);
            }
            Intent::Help => {
                let target = *aim.targets.first().ok_or(Refusal::NoTarget)?;
                self.arena.get(target).ok_or(Refusal::Absent)?;
                self.pay(who, Cost::Action)?;
                self.apply(self.arena.own_context(who, word("srd:help")), target, &own_effects().helped);
            }
            Intent::Hide => {
                self.pay_action_or(who, State::FreeHide)?;
                self.hide(who);
            }
            Intent::Search => {
                self.pay(who, Cost::Action)?;
                self.search(who);
            }
            Intent::Ready(event, action) => {
                self.arena.find_action(who, action).ok_or(Refusal::Unknown(action))?;
                self.pay(who, Cost::Action)?;
                if let Some(creature) = self.arena.get_mut(who) {
                    creature.readied = Some((event, action));
                    creature.reacts_to |= event.bit();
                }
                self.arena.refresh(who);
                self.emit(Happening::Readied { who, action });
            }
            Intent::Escape => return self.escape(who, aim),
            Intent::Steer => return self.steer(who, aim),
            Intent::Stabilise => {
                let target = *aim.targets.first().ok_or(Refusal::NoTarget)?;
                self.check_beside(who, target)?;
                self.pay(who, Cost::Action)?;
                let context = self.arena.own_context(who, word("stabilise"));
                if self.roll_check(context, (who, target), &[Skill::Medicine], None, Some(10)).1 {
                    self.stabilise(target);
                }
            }
            _ => return Err(Refusal::NotNow),
        }
        Ok(())
    }

    /// A readied action, when what it waited for happens.
    pub(super) fn fire_readied(&mut self, event: Event, who: Handle, other: Handle) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        let Some((_, action)) = creature.readied.filter(|(awaited, _)| *awaited == event) else { return };
        if !creature.can_react() {
            return;
        }
        creature.readied = None;
        creature.economy.reactions -= 1;
        self.emit(Happening::Reacted { who });
        if let Some(action) = self.arena.find_action(who, action) {
            let context = self.arena.action_context(who, action);
            let targets = [other];
            self.run_aimed(
                context,
                &action.target,
                Aim { targets: &targets, ..Aim::default() },
                &action.then,
            );
        }
    }

    /// Tells a creature of something that the driver alone sees, such as an enemy coming into reach.
    pub fn notice(&mut self, event: Event, who: Handle, other: Handle) {
        self.fire(event, who, other, &super::EventFacts::default(), 0);
    }

    /// Uses an action by its id.
    fn use_action(&mut self, who: Handle, id: Id, aim: Aim<'_>) -> Result<(), Refusal> {
        let action = self.arena.find_action(who, id).ok_or(Refusal::Unknown(id))?;
        if action.hidden {
            return Err(Refusal::NotNow);
        }
        let mut context = self.arena.action_context(who, action);
        context.point = aim.point;
        context.choice = aim.choice;
        // What was chosen when the effect was laid stays chosen, unless somebody chooses anew.
        context.monster = aim.monster.or(context.monster);
        let first = aim.targets.first().copied().unwrap_or(who);
        if let Some(when) = &action.when
            && !self.holds(Context { target: first, ..context }, Some(when))
        {
            return Err(Refusal::NotNow);
        }
        let reach = self.arena.reach_with(self.space, who, action, aim.choice);
        if let Some((_, at)) = self.zone_of(who, action) {
            self.check_reach_from(at, reach, aim)?;
            self.check_aim(&context, &action.target, None, aim)?;
        } else {
            self.check_aim(&context, &action.target, reach, aim)?;
        }
        self.can_pay(who, action.cost)?;
        self.pay_uses(&context, action)?;
        self.pay(who, action.cost)?;
        self.emit(Happening::Acted { who, action: id });
        if action.concentration {
            self.end_concentration(who);
            context.concentration = true;
            if let Some(creature) = self.arena.get_mut(who) {
                creature.concentration = Some((id, 0));
            }
        }
        self.fire(Event::TakesAction, who, first, &context.event, 0);
        self.run_aimed(context, &action.target, aim, &action.then);
        Ok(())
    }

    /// An action within another, at the target of the other.
    pub(super) fn run_action(&mut self, outer: Context<'c>, action: &'c Action) {
        let mut context = self.arena.action_context(outer.own, action);
        (context.point, context.choice, context.monster) = (outer.point, outer.choice, outer.monster);
        (context.target, context.aim, context.index) = (outer.target, outer.aim, outer.index);
        context.depth = outer.depth;
        self.run(&context, &action.then);
    }

    /// Attacks with a weapon in hand, as one attack of the attack action.
    fn attack_with(&mut self, who: Handle, weapon: Option<u8>, aim: Aim<'_>) -> Result<(), Refusal> {
        let (context, strike) = self.aimed_strike(who, weapon, aim)?;
        let loads = strike.traits & AttackTrait::Loading.bit() != 0;
        let shot = self.arena.get(who).is_some_and(|own| own.economy.attacks > 0 && own.economy.shot);
        if loads && shot {
            return Err(Refusal::NotLoaded);
        }
        self.pay(who, Cost::Attack)?;
        if let Some(creature) = self.arena.get_mut(who) {
            creature.economy.shot = loads || shot;
            creature.economy.light_attack |= strike.traits & AttackTrait::Light.bit() != 0;
        }
        self.strike(context, &strike);
        Ok(())
    }

    fn off_hand(&mut self, who: Handle, weapon: u8, aim: Aim<'_>) -> Result<(), Refusal> {
        let (context, mut strike) = self.aimed_strike(who, Some(weapon), aim)?;
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        if !creature.economy.light_attack || strike.traits & AttackTrait::Light.bit() == 0 {
            return Err(Refusal::NoOffHand);
        }
        if !creature.is(State::TwoWeaponFighting) {
            strike.damage_bonus = strike.damage_bonus.min(0);
        }
        strike.traits |= AttackTrait::OffHand.bit();
        self.pay(who, Cost::Bonus)?;
        self.strike(context, &strike);
        Ok(())
    }

    /// An attack with a weapon at a target that it reaches.
    fn aimed_strike(
        &self,
        who: Handle,
        weapon: Option<u8>,
        aim: Aim<'_>,
    ) -> Result<(Context<'c>, Strike<'c>), Refusal> {
        let target = *aim.targets.first().ok_or(Refusal::NoTarget)?;
        let (context, strike) = self.arena.weapon_strike(self.space, who, weapon, target)?;
        let far = strike.range.map_or(strike.reach, |(_, long)| long.max(strike.reach));
        self.check_aim(&context, &Target::Creature, Some(far), aim)?;
        Ok((context, strike))
    }

    /// The first melee attack at hand, outside of one's turn.
    pub(super) fn melee(&mut self, who: Handle, target: Handle) {
        let Some(creature) = self.arena.get(who) else { return };
        let natural = creature.actions.iter().copied().find_map(|action| {
            action.then.iter().find_map(|node| match node {
                Node::Attack(attack) if attack.kind == crate::language::AttackKind::MeleeWeapon => {
                    Some((action, attack))
                }
                _ => None,
            })
        });
        if let Some((action, attack)) = natural {
            let context = Context { target, ..self.arena.action_context(who, action) };
            self.attack(&context, attack);
        } else {
            let melee = creature.weapons.iter().position(|held| held.traits & AttackTrait::Melee.bit() != 0);
            let targets = [target];
            let aim = Aim { targets: &targets, ..Aim::default() };
            if let Ok((context, mut strike)) = self.aimed_strike(who, melee.map(|number| number as u8), aim) {
                strike.traits |= AttackTrait::Opportunity.bit();
                self.strike(context, &strike);
            }
        }
    }

    fn grapple(&mut self, who: Handle, aim: Aim<'_>) -> Result<(), Refusal> {
        let (context, _) = self.aimed_strike(who, None, aim)?;
        let target = context.target;
        if !self.size(who).can_grapple(self.size(target)) {
            return Err(Refusal::TooLarge);
        }
        self.pay(who, Cost::Attack)?;
        if self.wrestles(context) {
            self.apply(context, target, &own_effects().grappled);
        }
        Ok(())
    }

    fn shove(&mut self, who: Handle, to: ShoveTo, aim: Aim<'_>) -> Result<(), Refusal> {
        let (context, _) = self.aimed_strike(who, None, aim)?;
        let target = context.target;
        if !self.size(who).can_grapple(self.size(target)) {
            return Err(Refusal::TooLarge);
        }
        self.pay(who, Cost::Attack)?;
        if self.wrestles(context) {
            match to {
                ShoveTo::Prone => self.fall_prone(target),
                ShoveTo::Away => {
                    let how = crate::language::MoveHow::Push;
                    let feet = self.space.shift(target, how, who, None, 5);
                    self.emit(Happening::Moved { who: target, how, feet });
                    self.moved(target);
                }
            }
        }
        Ok(())
    }

    /// Athletics against Athletics or Acrobatics.
    fn wrestles(&mut self, context: Context<'c>) -> bool {
        let (own, target) = (context.own, context.target);
        if self.arena.get(target).is_some_and(|creature| creature.is(State::Incapacitated)) {
            return true;
        }
        if self.arena.ruleset.grapple == GrappleRule::Save {
            return !self.withstands(context);
        }
        let ours = self.roll_check(context, (own, target), &[Skill::Athletics], None, None).0;
        let defence = [Skill::Athletics, Skill::Acrobatics];
        ours > self.roll_check(context, (target, own), &defence, None, None).0
    }

    /// A save with Strength or Dexterity, whichever is better, against 8 + Strength + proficiency.
    fn withstands(&mut self, context: Context<'c>) -> bool {
        let (Some(own), Some(other)) = (self.arena.get(context.own), self.arena.get(context.target)) else {
            return true;
        };
        let dc = i32::from(crate::save_dc(own.sheet.proficiency, own.sheet.modifier(Ability::Strength)));
        let save = |ability: Ability| other.sheet.saves[ability as usize];
        let ability = if save(Ability::Dexterity) > save(Ability::Strength) {
            Ability::Dexterity
        } else {
            Ability::Strength
        };
        self.roll_save(context, context.target, ability, dc, SaveFor::Effect)
    }

    /// Whether somebody is there and within five feet, where one can lay hands on it.
    pub(super) fn check_beside(&self, who: Handle, other: Handle) -> Result<(), Refusal> {
        self.arena.get(other).ok_or(Refusal::Absent)?;
        let distance = if who == other { 0 } else { self.space.distance(who, other) };
        if distance > 5 { Err(Refusal::OutOfRange { distance, reach: 5 }) } else { Ok(()) }
    }

    /// Gets out of the first effect that allows it, or helps somebody within reach out of it.
    fn escape(&mut self, who: Handle, aim: Aim<'_>) -> Result<(), Refusal> {
        let bound = aim.targets.first().copied().unwrap_or(who);
        self.check_beside(who, bound)?;
        let held = self.arena.effects_on(bound).find_map(|(key, lasting)| {
            let escape = lasting.effect.escape.as_ref()?;
            Some((key, escape, lasting.context, lasting.source))
        });
        let (key, escape, context, source) = held.ok_or(Refusal::NotNow)?;
        self.pay(who, Cost::Action)?;
        if bound != who {
            self.run(&Context { target: who, ..context }, &escape.toll);
        }
        let by_contest = std::ptr::eq(escape, own_effects().grappled.escape.as_ref().unwrap_or(escape));
        let dc = if by_contest {
            // A draw leaves things as they are.
            self.roll_check(context, (source, who), &[Skill::Athletics], None, None).0 + 1
        } else {
            escape.dc.as_ref().map_or(i32::from(context.dc), |dc| self.roll(context, dc))
        };
        if self.roll_check(context, (who, source), &escape.skills, escape.ability, Some(dc)).1 {
            // Wounds that add up are bound together.
            let id = self.arena.effect(key).map(|lasting| lasting.id);
            let mut next = Some(key);
            while let Some(bond) = next {
                self.end_effect(bond);
                let same = |lasting: &Lasting<'_>| Some(lasting.id) == id && lasting.source == source;
                next = self.arena.effects_on(bound).find(|(_, lasting)| same(lasting)).map(|(key, _)| key);
            }
        }
        Ok(())
    }

    fn stand_up(&mut self, who: Handle) -> Result<(), Refusal> {
        let context = self.arena.own_context(who, word("stand-up"));
        let speed = self.arena.speed(who, Movement::Walk, &self.scene(&context));
        let creature = self.arena.get_mut(who).ok_or(Refusal::Absent)?;
        let needed = if creature.is(State::StandsCheaply) { 5 } else { speed / 2 };
        let left = creature.economy.movement;
        if left < needed || speed == 0 {
            return Err(Refusal::NoMovement { left, needed });
        }
        creature.economy.movement -= needed;
        let prone = word("srd:prone");
        let found = self
            .arena
            .effects_on(who)
            .find(|(_, lasting)| lasting.id == prone || lasting.effect.conditions == [prone]);
        if let Some(key) = found.map(|(key, _)| key) {
            self.end_effect(key);
        }
        Ok(())
    }

    fn mount(&mut self, who: Handle, aim: Aim<'_>) -> Result<(), Refusal> {
        let target = *aim.targets.first().ok_or(Refusal::NoTarget)?;
        if self.size(target) <= self.size(who)
            || !self.arena.is_on_side(who, target, crate::language::Side::Allies)
        {
            return Err(Refusal::WrongTarget);
        }
        let distance = self.space.distance(who, target);
        if distance > 5 {
            return Err(Refusal::OutOfRange { distance, reach: 5 });
        }
        let creature = self.arena.get_mut(who).ok_or(Refusal::Absent)?;
        let needed = creature.sheet.speeds.walk / 2;
        let left = creature.economy.movement;
        creature.economy.movement = left.checked_sub(needed).ok_or(Refusal::NoMovement { left, needed })?;
        self.apply(self.arena.own_context(who, word("srd:mounted")), who, &own_effects().mounted);
        Ok(())
    }

    /// Stealth against the passive Perception of every enemy near.
    fn hide(&mut self, who: Handle) {
        let context = self.arena.own_context(who, word("hide"));
        let total = self.roll_check(context, (who, who), &[Skill::Stealth], None, None).0;
        let noticed = self.space.any_near(who, 120, &mut |other| {
            let seen = self.arena.get(other).is_some_and(Creature::is_up)
                && self.arena.is_on_side(who, other, crate::language::Side::Enemies);
            seen && i32::from(self.arena.passive(
                other,
                Skill::Perception,
                &self.scene(&Context { own: other, ..context }),
            )) >= total
        });
        if !noticed {
            self.apply_condition(who, word("srd:hidden"));
        }
    }

    /// Perception against the passive Stealth of every hidden enemy near.
    fn search(&mut self, who: Handle) {
        let context = self.arena.own_context(who, word("search"));
        let total = self.roll_check(context, (who, who), &[Skill::Perception], None, None).0;
        let start = self.arena.scratch.found.len();
        let volume = crate::combat::Volume::Sphere { at: self.space.position(who), radius: 120 };
        self.space.within(&volume, &mut self.arena.scratch.found);
        let end = self.arena.scratch.found.len();
        let hidden = word("srd:hidden");
        self.each((start, end), |play, _, other| {
            let scene = Context { own: other, ..context };
            let found = play.arena.is_on_side(who, other, crate::language::Side::Enemies)
                && i32::from(play.arena.passive(other, Skill::Stealth, &play.scene(&scene))) <= total;
            let key =
                play.arena.effects_on(other).find(|(_, lasting)| lasting.id == hidden).map(|(key, _)| key);
            if let Some(key) = key.filter(|_| found) {
                play.end_effect(key);
            }
        });
    }
}
