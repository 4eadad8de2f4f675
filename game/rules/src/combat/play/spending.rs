//! Stores, uses and gifts.

use std::sync::OnceLock;

use crate::language::expr::Luck;
use crate::language::{Action, Cost, Effect, Fact, FactName, Grant, Path, Spend, Uses};
use crate::ruleset::ExhaustionRule;
use crate::{EXHAUSTION_MAX, Id, RollMode};

use super::{Context, Play};
use crate::combat::{Ends, Handle, Happening, Refusal, Space, Tally};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Spends from a store, or fills it.
    pub(super) fn spend_step(&mut self, context: Context<'c>, spend: &'c Spend) {
        let who = context.role(spend.of);
        let by = self.roll(context, &spend.change);
        let level = spend.level.as_ref().map_or(1, |level| self.value(context, level)).clamp(1, 9) as usize;
        let item = self.item_of(context);
        let Some(creature) = self.arena.get_mut(who) else { return };
        match spend.id.as_str() {
            "hit-dice" => {
                let most = i32::from(creature.sheet.hit_dice);
                creature.hit_dice = (i32::from(creature.hit_dice) + by).clamp(0, most) as u8;
            }
            "pact-slot" => {
                let most = i32::from(creature.book.pact_max);
                creature.book.pact.0 = (i32::from(creature.book.pact.0) + by).clamp(0, most) as u8;
            }
            "slot" => {
                // A slot that is made may go beyond what a day gives.
                let slot = &mut creature.book.slots[level];
                *slot = (i32::from(*slot) + by).clamp(0, 99) as u8;
            }
            name => {
                let id = if name == "charges" { item.unwrap_or(spend.id) } else { spend.id };
                if let Some(stock) = creature.stocks.iter_mut().find(|stock| stock.id == id) {
                    stock.left = (stock.left + by).clamp(0, stock.max);
                }
            }
        }
        self.emit(Happening::Spent { who, what: spend.id, by });
    }

    /// The item or feature that an effect comes from.
    fn item_of(&self, context: Context<'c>) -> Option<Id> {
        context.effect.and_then(|key| self.arena.effect(key)).map(|lasting| lasting.context.cause)
    }

    /// Whether an action's limit allows it; if so, it is used.
    pub(super) fn pay_uses(&mut self, context: &Context<'c>, action: &'c Action) -> Result<(), Refusal> {
        let (id, amount) = match &action.uses {
            None => return Ok(()),
            Some(Uses::Recharge(_) | Uses::Times(_)) => (action.id, 1),
            Some(Uses::Resource { id, amount }) => {
                (*id, amount.as_ref().map_or(1, |amount| self.value(*context, amount)))
            }
            Some(Uses::Charges(amount)) => {
                let item = self.item_of(*context).ok_or(Refusal::Spent)?;
                (item, self.value(*context, amount))
            }
        };
        let creature = self.arena.get_mut(context.own).ok_or(Refusal::Absent)?;
        let stock = creature.stocks.iter_mut().find(|stock| stock.id == id).ok_or(Refusal::Spent)?;
        if stock.left < amount {
            return Err(Refusal::Spent);
        }
        stock.left -= amount;
        let is_last = stock.left == 0 && amount > 0;
        self.emit(Happening::Spent { who: context.own, what: id, by: -amount });
        if is_last {
            self.last_charge(*context, id);
        }
        Ok(())
    }

    /// What becomes of an item whose last charge is spent, as a d20 has it.
    fn last_charge(&mut self, context: Context<'c>, item: Id) {
        let library = self.arena.library;
        let record = library.item(item).and_then(|item| item.charges.as_ref());
        let Some(last) = record.and_then(|charges| charges.last.as_ref()) else { return };
        if self.d20(RollMode::Normal, &Tally::default()) > last.at_most {
            return;
        }
        if !last.then.is_empty() {
            self.run(&context, &last.then);
            return;
        }
        let who = context.own;
        let stocks = self.arena.get_mut(who).map(|creature| creature.stocks.iter_mut());
        if let Some(stock) = stocks.and_then(|mut stocks| stocks.find(|stock| stock.id == item)) {
            stock.max = 0;
        }
        self.emit(Happening::Granted { who, item, count: -1 });
    }

    /// Hands something over.
    pub(super) fn grant(&mut self, context: Context<'c>, grant: &'c Grant) {
        let who = context.role(grant.to);
        let count = grant.count.as_ref().map_or(1, |count| self.roll(context, count));
        let Some(creature) = self.arena.get_mut(who) else { return };
        creature.inspiration |= grant.inspiration;
        let count_u8 = count.clamp(0, 20) as u8;
        match grant.cost {
            Some(Cost::Action) => {
                creature.economy.actions = creature.economy.actions.saturating_add(count_u8);
            }
            Some(Cost::Attack) => {
                creature.economy.attacks = creature.economy.attacks.saturating_add(count_u8);
            }
            Some(Cost::Bonus) => {
                creature.economy.bonus_actions = creature.economy.bonus_actions.saturating_add(count_u8);
            }
            Some(Cost::Reaction) => {
                creature.economy.reactions = creature.economy.reactions.saturating_add(count_u8);
            }
            Some(Cost::Legendary(_) | Cost::Lair | Cost::Free | Cost::Minutes(_)) | None => {}
        }
        if let Some(item) = grant.item {
            self.emit(Happening::Granted { who, item, count });
        }
    }

    /// Changes a fact for good.
    pub(super) fn change(&mut self, context: Context<'c>, fact: &'c Fact) {
        let who = context.role(fact.of);
        let by = self.roll(context, &fact.by);
        match fact.what {
            FactName::Exhaustion => self.exhaust(who, by),
            FactName::Age => {}
            FactName::Path(path) => {
                let Some(creature) = self.arena.get_mut(who) else { return };
                match path {
                    Path::Score(ability) => {
                        let score = i32::from(creature.sheet.scores[ability]) + by;
                        creature.sheet.scores[ability] = score.clamp(0, 30) as u8;
                        if score <= 0 {
                            self.die(who, context.own);
                        }
                    }
                    Path::HpMax => creature.hp_drained = (creature.hp_drained - by).max(0),
                    Path::Ac => self.spoil_armor(who, -by),
                    Path::Damage => self.spoil_weapon(who, context.event.weapon, -by),
                    _ => {}
                }
            }
        }
    }

    /// Armour that no magic keeps offers less and less; at 10 it is gone. Without armour it is the shield's turn.
    fn spoil_armor(&mut self, who: Handle, by: i32) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        let sheet = &mut creature.sheet;
        let Some(suit) = sheet.suit.as_mut().filter(|suit| !suit.magic) else {
            sheet.shield = (sheet.shield - by).max(0);
            return;
        };
        let lost = by.min(suit.ac - 10).max(0);
        suit.ac -= lost;
        sheet.ac -= lost;
        if suit.ac <= 10 {
            let item = suit.item;
            sheet.ac = 10 + i32::from(sheet.scores.modifier(crate::Ability::Dexterity));
            (sheet.armor, sheet.suit) = (None, None);
            self.emit(Happening::Granted { who, item, count: -1 });
        }
    }

    /// A weapon of metal that no magic keeps does less and less damage; at 5 less it is gone.
    fn spoil_weapon(&mut self, who: Handle, item: Option<Id>, by: i32) {
        const WORN_OUT: u8 = 5;
        let magical = crate::language::expr::AttackTrait::Magical.bit();
        let Some(creature) = self.arena.get_mut(who) else { return };
        let spoils = |held: &crate::combat::Wielded<'c>| {
            item.is_some() && held.item == item && held.metal && held.traits & magical == 0
        };
        let Some(place) = creature.weapons.iter().position(spoils) else { return };
        let held = &mut creature.weapons[place];
        held.corroded = held.corroded.saturating_add(by.clamp(0, 255) as u8);
        if held.corroded >= WORN_OUT {
            creature.weapons.remove(place);
            if let Some(item) = item {
                self.emit(Happening::Granted { who, item, count: -1 });
            }
        }
    }

    /// Levels of exhaustion come or go; the effects of all levels up to it lie on the creature.
    pub fn exhaust(&mut self, who: Handle, by: i32) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        let level = (i32::from(creature.exhaustion) + by).clamp(0, 6) as u8;
        creature.exhaustion = level;
        if self.arena.ruleset.exhaustion == ExhaustionRule::Penalty {
            self.weigh_down(who, level);
            return;
        }
        for number in 1..=6_u8 {
            let id = Id::new(&format!("srd:exhaustion-{number}")).expect("the words are well formed");
            let held = self.arena.effects_on(who).find(|(_, lasting)| lasting.id == id).map(|(key, _)| key);
            match held {
                Some(key) if number > level => self.end_effect(key),
                None if number <= level => self.apply_condition(who, id),
                _ => {}
            }
        }
    }
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// One effect that grows with each level; the sixth kills.
    fn weigh_down(&mut self, who: Handle, level: u8) {
        let effect = weariness();
        let held = self.arena.effects_on(who).find(|(_, lasting)| std::ptr::eq(lasting.effect, effect));
        match held.map(|(key, _)| key) {
            Some(key) if level == 0 => self.end_effect(key),
            None if level > 0 => {
                let context = self.arena.own_context(who, super::harm::unnamed());
                self.apply(context, who, effect);
            }
            _ => {}
        }
        if level == EXHAUSTION_MAX {
            self.die(who, who);
        }
    }

    /// Whether a creature has what something costs.
    pub(super) fn can_pay(&self, who: Handle, cost: Cost) -> Result<(), Refusal> {
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        let economy = &creature.economy;
        match cost {
            Cost::Action if economy.actions == 0 => Err(Refusal::NoAction),
            Cost::Attack if economy.attacks == 0 && economy.actions == 0 => Err(Refusal::NoAction),
            Cost::Bonus if economy.bonus_actions == 0 => Err(Refusal::NoBonusAction),
            Cost::Reaction if !creature.can_react() => Err(Refusal::NoReaction),
            // Legendary actions are for the ends of others' turns.
            Cost::Legendary(_) if self.arena.acting == Some(who) => Err(Refusal::NotNow),
            Cost::Legendary(count) if economy.legendary < count => Err(Refusal::NoLegendaryAction),
            Cost::Minutes(minutes) => Err(Refusal::TakesMinutes(u32::from(minutes))),
            _ => Ok(()),
        }
    }

    /// Pays what something costs.
    pub(super) fn pay(&mut self, who: Handle, cost: Cost) -> Result<(), Refusal> {
        self.can_pay(who, cost)?;
        let attacks = if cost == Cost::Attack { self.attacks_of(who) } else { 1 };
        let creature = self.arena.get_mut(who).ok_or(Refusal::Absent)?;
        let economy = &mut creature.economy;
        match cost {
            Cost::Action => economy.actions -= 1,
            Cost::Attack => {
                if economy.attacks == 0 {
                    economy.actions -= 1;
                    economy.attacks = attacks;
                }
                economy.attacks -= 1;
            }
            Cost::Bonus => economy.bonus_actions -= 1,
            Cost::Reaction => economy.reactions -= 1,
            Cost::Legendary(count) => economy.legendary -= count,
            Cost::Lair | Cost::Free | Cost::Minutes(_) => {}
        }
        Ok(())
    }

    /// Pays with a bonus action, if a state of the creature allows it and one is left, or with an action.
    pub(super) fn pay_action_or(
        &mut self,
        who: Handle,
        state: crate::vocabulary::State,
    ) -> Result<(), Refusal> {
        let free = self.arena.get(who).is_some_and(|creature| creature.is(state));
        if free && self.pay(who, Cost::Bonus).is_ok() {
            return Ok(());
        }
        self.pay(who, Cost::Action)
    }

    /// Attacks of one attack action.
    fn attacks_of(&self, who: Handle) -> u8 {
        let context = self.arena.own_context(who, super::harm::unnamed());
        let path = Path::Attacks;
        let tally = self.arena.tally(who, path.bit(), &self.scene(&context), |other| other == path);
        tally.over(1).clamp(1, 10) as u8
    }

    /// Lays one of the rules' own conditions on a creature for a while.
    pub(super) fn stance(&mut self, who: Handle, id: Id, ends: Ends) {
        let library = self.arena.library;
        let Some(condition) = library.condition(id) else { return };
        let context = self.arena.own_context(who, id);
        if let Some(key) = self.apply(context, who, &condition.gives) {
            if let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) {
                lasting.ends = ends;
                lasting.anchor = who;
            }
            if let Some(creature) = self.arena.get_mut(who) {
                creature.clocks.push(key);
            }
        }
    }
}

/// Exhaustion that takes 2 from every d20 test and 5 feet of speed a level. Source: SRD 5.2.1, "Exhaustion".
pub(super) fn weariness() -> &'static Effect {
    static EFFECT: OnceLock<Effect> = OnceLock::new();
    EFFECT.get_or_init(|| {
        serde_json::from_str(
            r#"{"id": "srd:exhaustion", "duration": "permanent", "tags": ["exhaustion"], "modifiers": [
                {"path": "attack", "op": "add", "value": "-2 * @exhaustion"},
                {"path": "save", "op": "add", "value": "-2 * @exhaustion"},
                {"path": "check", "op": "add", "value": "-2 * @exhaustion"},
                {"path": "speed", "op": "add", "value": "-5 * @exhaustion"}]}"#,
        )
        .expect("the rules' own effects are well formed")
    })
}
