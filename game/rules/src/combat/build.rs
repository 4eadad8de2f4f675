//! Creatures from content: monsters from their stat blocks, characters from their sheets, features and items.

use serde::{Deserialize, Serialize};

use crate::content::{ArmorKind, CastingTime, Defenses, Feature, Item, Library, Monster, TraitUse};
use crate::language::expr::AttackTrait;
use crate::language::{Cost, Effect, Recharge, Uses};
use crate::vocabulary::{DamageType, Sense, Size, Skill};
use crate::{Ability, AbilityScores, ChallengeRating, Id};

use super::{
    Arena, Creature, Economy, Ends, Handle, Lasting, Life, OpenField, Policy, Scene, Sheet, SpellBook, Stock,
    Suit, Ward, lasting::Used, play::Context,
};

/// A weapon in hand, with all that its wielder adds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Wielded<'c> {
    /// The item, if it is one.
    pub item: Option<Id>,
    /// What it does; without the wielder's ability.
    #[serde(with = "super::names::maybe")]
    pub damage: Option<&'c crate::language::expr::Expr>,
    /// What it does in two hands.
    #[serde(with = "super::names::maybe")]
    pub two_handed: Option<&'c crate::language::expr::Expr>,
    /// Of which type.
    pub kind: DamageType,
    /// Bits of [`AttackTrait::bit`].
    pub traits: u64,
    /// Normal and long range in feet; melee weapons that can't be thrown have none.
    pub range: Option<(u16, u16)>,
    /// Magic bonus.
    pub bonus: i8,
    /// Its wielder is proficient with it.
    pub proficient: bool,
    /// It is of metal.
    pub metal: bool,
    /// By how much corrosion has lowered its damage.
    pub corroded: u8,
}

impl<'c> Wielded<'c> {
    /// A weapon, or a magic item made of `base`.
    #[must_use]
    pub fn of(item: &'c Item, base: Option<&'c Item>, proficient: bool) -> Option<Self> {
        let stats = item.weapon.as_ref().or_else(|| base?.weapon.as_ref())?;
        let magical = item.rarity.is_some();
        let mut traits = AttackTrait::bits(&stats.with) | AttackTrait::Weapon.bit();
        if magical {
            traits |= AttackTrait::Magical.bit();
        }
        Some(Self {
            item: Some(item.id),
            damage: stats.damage.as_ref(),
            two_handed: stats.two_handed.as_ref(),
            kind: stats.kind,
            traits,
            range: stats.range,
            bonus: item.bonus as i8,
            proficient,
            metal: is_metal(item) || base.is_some_and(is_metal),
            corroded: 0,
        })
    }
}

impl<'c> Creature<'c> {
    /// A creature with nothing but its sheet.
    #[must_use]
    pub fn new(sheet: Sheet, side: u16) -> Self {
        Self {
            side,
            hp: sheet.hp_max,
            temp_hp: 0,
            hp_drained: 0,
            life: Life::Alive,
            dead_rounds: 0,
            exhaustion: 0,
            hit_dice: sheet.hit_dice,
            inspiration: false,
            economy: Economy { reactions: 1, ..Economy::default() },
            legendary_max: 0,
            legendary_resistance: 0,
            stocks: Vec::new(),
            book: SpellBook::default(),
            actions: Vec::new(),
            legendary: Vec::new(),
            lair: Vec::new(),
            reactions: Vec::new(),
            weapons: Vec::new(),
            fists: super::play::unarmed(),
            policy: Policy::default(),
            concentration: None,
            summoned_by: None,
            stays_by: None,
            turns_wild: false,
            away_from: None,
            turns: 0,
            turn: 0,
            effects: Vec::new(),
            clocks: Vec::new(),
            forms: Vec::new(),
            modifiers: Vec::new(),
            mask: 0,
            conditions: Vec::new(),
            states: 0,
            listens: 0,
            reacts_to: 0,
            readied: None,
            zones: Vec::new(),
            toll: super::creature::TurnToll::default(),
            sheet,
        }
    }

    /// A monster with its average hit points.
    #[must_use]
    pub fn monster(monster: &'c Monster, side: u16) -> Self {
        let mut creature = Self::new(Sheet::monster(monster), side);
        creature.actions.extend(&monster.actions);
        creature.reactions.extend(monster.reactions.iter().map(|reaction| &reaction.trigger));
        for reaction in &creature.reactions {
            creature.reacts_to |= reaction.on.bit();
        }
        creature.legendary_resistance = monster.legendary_resistance;
        if let Some(legendary) = &monster.legendary {
            creature.legendary_max = legendary.per_round;
            creature.economy.legendary = legendary.per_round;
            creature.legendary.extend(&legendary.actions);
        }
        if let Some(lair) = &monster.lair {
            creature.lair.extend(&lair.actions);
        }
        for casting in &monster.spellcasting {
            creature.book.no_components |= casting.no_components;
            creature.book.spells.extend(&casting.spells);
            for (level, slots) in casting.slots.iter().enumerate().take(9) {
                creature.book.slots[level + 1] = *slots;
                creature.book.slots_max[level + 1] = *slots;
            }
            for innate in &casting.innate {
                let times = innate.per_day.unwrap_or(0);
                creature.book.innate.push((innate.spell, times, times, innate.level.unwrap_or(0)));
            }
        }
        creature.stock_actions();
        creature
    }

    /// Stores for actions that recharge or have so many uses.
    pub(super) fn stock_actions(&mut self) {
        let all: Vec<_> = self.actions.iter().chain(&self.legendary).chain(&self.lair).copied().collect();
        for action in all {
            self.stock_action(action);
        }
    }

    pub(super) fn stock_action(&mut self, action: &'c crate::language::Action) {
        if self.stocks.iter().any(|stock| stock.id == action.id) {
            return;
        }
        let (max, recharge, on_d6, days) = match &action.uses {
            Some(Uses::Recharge(least)) => (1, Recharge::Turn, *least, (1, 0)),
            // Limits that grow are filled in when the creature enters an arena.
            Some(Uses::Times(limit)) => {
                let max = limit.max.value(&crate::language::expr::NoFacts).max(1);
                (max, limit.per, 0, (limit.days.unwrap_or(1), 0))
            }
            _ => return,
        };
        self.stocks.push(Stock { id: action.id, left: max, max, recharge, regain: None, on_d6, days });
    }
}

impl Sheet {
    /// A commoner's sheet, to be filled in.
    #[must_use]
    pub fn plain(level: u8, scores: AbilityScores) -> Self {
        let modifiers = Ability::ALL.map(|ability| scores.modifier(ability));
        let mut skills = [0; 18];
        for skill in Skill::ALL {
            skills[*skill as usize] = modifiers[skill.ability() as usize];
        }
        Self {
            id: None,
            kind: crate::vocabulary::CreatureType::Humanoid,
            size: Size::Medium,
            tags: Vec::new(),
            scores,
            saves: modifiers,
            skills,
            ac: 10 + i32::from(modifiers[1]),
            shield: 0,
            armor: None,
            suit: None,
            hp_max: 4,
            hit_dice: level,
            hit_die: 8,
            speeds: crate::content::Speeds { walk: 30, ..Default::default() },
            senses: [0; 4],
            level,
            challenge_eighths: 0,
            proficiency: crate::proficiency_bonus(level.max(1)),
            classes: Vec::new(),
            casting: None,
            dc: 10,
            spell_attack: 0,
            resist: Vec::new(),
            immune: Vec::new(),
            vulnerable: Vec::new(),
            condition_immune: Vec::new(),
            has_death_saves: true,
        }
    }

    /// The sheet of a stat block.
    #[must_use]
    pub fn monster(monster: &Monster) -> Self {
        let scores = AbilityScores::new(monster.abilities);
        let mut sheet = Self::plain(0, scores);
        let challenge = monster.cr.parse::<ChallengeRating>().ok();
        let hp = monster.hp.plain().unwrap_or_default();
        let (count, sides) = (i32::from(hp.count), i32::from(hp.sides));
        for (ability, bonus) in &monster.saves {
            sheet.saves[*ability as usize] = *bonus;
        }
        for (skill, bonus) in &monster.skills {
            sheet.skills[*skill as usize] = *bonus;
        }
        for (sense, feet) in &monster.senses {
            sheet.senses[*sense as usize] = *feet;
        }
        if let Some(casting) = monster.spellcasting.first() {
            sheet.casting = Some(casting.ability);
            sheet.dc = i16::from(casting.dc);
            sheet.spell_attack = casting.attack.map_or(i16::from(casting.dc) - 8, i16::from);
            sheet.level = monster.spellcasting.iter().map(|casting| casting.level).max().unwrap_or(0);
        }
        Self {
            id: Some(monster.id),
            kind: monster.kind,
            size: monster.size,
            tags: monster.tags.clone(),
            ac: i32::from(monster.ac),
            hp_max: (count * (sides + 1) / 2 + hp.bonus).max(1),
            hit_dice: hp.count.min(255) as u8,
            hit_die: hp.sides.min(255) as u8,
            speeds: monster.speed.clone(),
            challenge_eighths: crate::content::challenge_eighths(&monster.cr).unwrap_or(0),
            proficiency: challenge.map_or(2, ChallengeRating::proficiency_bonus),
            resist: wards(&monster.resist),
            immune: wards(&monster.immune),
            vulnerable: wards(&monster.vulnerable),
            condition_immune: monster.condition_immune.clone(),
            has_death_saves: false,
            ..sheet
        }
    }

    /// Puts on armour or takes up a shield.
    pub fn wear(&mut self, item: &Item, base: Option<&Item>) {
        let Some(stats) = item.armor.as_ref().or_else(|| base?.armor.as_ref()) else { return };
        let dexterity = i32::from(self.scores.modifier(Ability::Dexterity));
        let ac = i32::from(stats.ac) + i32::from(item.bonus);
        match stats.kind {
            ArmorKind::Shield => self.shield = ac,
            ArmorKind::Light => self.ac = ac + dexterity,
            ArmorKind::Medium => self.ac = ac + dexterity.min(2),
            ArmorKind::Heavy => self.ac = ac,
        }
        if stats.kind != ArmorKind::Shield {
            self.armor = Some(stats.kind);
            self.suit = Some(Suit {
                item: item.id,
                ac,
                magic: item.rarity.is_some(),
                metal: is_metal(item) || base.is_some_and(is_metal),
            });
            if stats.strength.is_some_and(|needed| self.scores[Ability::Strength] < needed) {
                self.speeds.walk = self.speeds.walk.saturating_sub(10);
            }
        }
    }

    /// Range of darkvision in feet.
    #[must_use]
    pub const fn darkvision(&self) -> u16 {
        self.sense(Sense::Darkvision)
    }
}

fn is_metal(item: &Item) -> bool {
    item.tags.iter().any(|tag| tag.as_str() == "metal")
}

fn wards(list: &[Defenses]) -> Vec<Ward> {
    list.iter()
        .map(|defense| match defense {
            Defenses::Type(kind) => Ward { types: kind.bit(), unless: 0, only: 0 },
            Defenses::Of(of) => Ward {
                types: of.types.iter().fold(0, |bits, kind| bits | kind.bit()),
                unless: AttackTrait::bits(&of.unless),
                only: AttackTrait::bits(&of.only),
            },
        })
        .collect()
}

impl<'c> Arena<'c> {
    /// Adds a monster of this id, with its traits.
    pub fn add_monster(&mut self, id: Id, side: u16) -> Option<Handle> {
        let library = self.library;
        let monster = library.monster(id)?;
        let handle = self.add(Creature::monster(monster, side));
        for one in &monster.traits {
            match one {
                TraitUse::Shared(id) => {
                    if let Some(feature) = library.feature(*id) {
                        self.add_feature(handle, feature, 0);
                    }
                }
                TraitUse::Own(feature) => self.add_feature(handle, feature, 0),
            }
        }
        self.learn_reactions(handle, library);
        Some(handle)
    }

    /// Gives a creature a feature, at the level of the class that the feature belongs to.
    pub fn add_feature(&mut self, who: Handle, feature: &'c Feature, class_level: u8) {
        self.add_innate(Context { class_level, ..Context::of(who, feature.id) }, &feature.gives);
    }

    /// Gives a creature what a worn or held item does.
    pub fn add_item(&mut self, who: Handle, item: &'c Item) {
        let is_magic = item.rarity.is_some();
        self.add_innate(Context { is_magic, ..Context::of(who, item.id) }, &item.gives);
        if let (Some(charges), Some(creature)) = (&item.charges, self.get_mut(who)) {
            let max = charges.max.value(&crate::language::expr::NoFacts);
            let regain = charges.regain.as_ref();
            let stock = Stock {
                id: item.id,
                left: max,
                max,
                recharge: charges.recharge,
                regain,
                on_d6: 0,
                days: (1, 0),
            };
            creature.stocks.push(stock);
        }
    }

    fn add_innate(&mut self, mut context: Context<'c>, effect: &'c Effect) {
        let (who, id) = (context.own, context.cause);
        let Some(creature) = self.get(who) else { return };
        context.dc = creature.sheet.dc;
        context.attack = creature.sheet.spell_attack;
        context.casting =
            creature.sheet.casting.map_or(0, |ability| i16::from(creature.sheet.modifier(ability)));
        let lasting = Lasting {
            id: effect.id.unwrap_or(id),
            effect,
            bearer: who,
            source: who,
            anchor: who,
            ends: Ends::Never,
            concentration: false,
            innate: true,
            held_by: None,
            rounds: 0,
            stacks: 1,
            frayed: 0,
            context,
            used: Used::default(),
        };
        let key = self.add_effect(lasting);
        // Limits of stores may grow with level: they are worked out in an empty field, for nothing else matters to them.
        let field = OpenField::default();
        let scene = Scene::new(self, &field, &context);
        let stocks: Vec<Stock<'c>> = effect
            .resources
            .iter()
            .map(|resource| {
                let max = resource.max.value(&scene);
                let left = resource.start.as_ref().map_or(max, |start| start.value(&scene).min(max));
                let (recharge, regain) = (resource.recharge, resource.regain.as_ref());
                Stock { id: resource.id, left, max, recharge, regain, on_d6: 0, days: (1, 0) }
            })
            .chain(effect.actions.iter().filter_map(|action| match &action.uses {
                Some(Uses::Times(limit)) => {
                    let max = limit.max.value(&scene);
                    Some(Stock {
                        id: action.id,
                        left: max,
                        max,
                        recharge: limit.per,
                        regain: None,
                        on_d6: 0,
                        days: (limit.days.unwrap_or(1), 0),
                    })
                }
                _ => None,
            }))
            .collect();
        if let Some(creature) = self.get_mut(who) {
            creature.effects.push(key);
            for stock in stocks {
                if !creature.stocks.iter().any(|known| known.id == stock.id) {
                    creature.stocks.push(stock);
                }
            }
            for action in &effect.actions {
                creature.actions.push(action);
                creature.stock_action(action);
            }
            creature.book.spells.extend(&effect.spells);
        }
        self.refresh(who);
    }

    /// Makes a creature wait for what its reaction spells answer to. Call it when its spells have changed.
    pub fn learn_reactions(&mut self, who: Handle, library: &'c Library) {
        let Some(creature) = self.get_mut(who) else { return };
        let mut events = creature.reactions.iter().fold(0, |bits, trigger| bits | trigger.on.bit());
        let innate = creature.book.innate.iter().map(|(spell, ..)| *spell);
        for spell in creature.book.spells.iter().copied().chain(innate) {
            if let Some(CastingTime::Reaction(trigger)) = library.spell(spell).map(|spell| &spell.casting) {
                events |= trigger.on.bit();
            }
        }
        creature.reacts_to = events;
        self.refresh(who);
    }
}

impl Cost {
    /// Whether it is paid from a turn's action.
    #[must_use]
    pub const fn is_action(self) -> bool {
        matches!(self, Self::Action)
    }
}
