//! Characters as creatures in play: from decisions and wear to a sheet that features and items then change.
//!
//! Features count in play through their effects, so what they add must not be in the numbers already: scores are those
//! before features, armour class is the armour's alone, hit points are dice and Constitution. What play never asks features
//! for — proficiencies, languages, what was picked — is reckoned in here.

use crate::Id;
use crate::character::{Character, Fighter, Wear};
use crate::content::{Item, Speeds};
use crate::language::expr::AttackTrait;
use crate::vocabulary::State;

use super::{Arena, Creature, Handle, Sheet, SpellBook, Wielded};

impl<'c> Arena<'c> {
    /// Adds a character with its features, belongings, spells and wounds.
    ///
    /// Levels of exhaustion are laid on it by [`super::Play::exhaust`], for they are effects.
    pub fn add_character(&mut self, character: &Character, side: u16) -> Handle {
        let library = self.library;
        let fighter = character.fighter(library, &self.ruleset);
        let mut sheet = sheet_of(character, &fighter);
        let unslowed = fighter.states.contains(&State::UnslowedByArmor);
        for item in &fighter.equipped {
            let walk = sheet.speeds.walk;
            sheet.wear(item, base_of(library, item));
            if unslowed {
                sheet.speeds.walk = walk;
            }
        }
        let is_monk = fighter.martial_arts && sheet.armor.is_none() && sheet.shield == 0;
        let mut creature = Creature::new(sheet, side);
        creature.fists.traits |= if is_monk { monk_traits() } else { 0 };
        for item in &fighter.equipped {
            let proficient = fighter.weapons.contains(&item.id);
            if let Some(mut held) = Wielded::of(item, base_of(library, item), proficient) {
                if is_monk && held.traits & AttackTrait::Monk.bit() != 0 {
                    held.traits |= monk_traits();
                }
                creature.weapons.push(held);
            }
        }
        creature.book = book_of(character, &fighter);
        creature.hit_dice = creature.sheet.hit_dice.saturating_sub(fighter.hit_dice_spent);
        let handle = self.add(creature);
        for held in character.features(library) {
            let class_level = held.class.map_or(0, |class| character.level_in(class));
            self.add_feature(handle, held.feature, class_level);
        }
        for item in &fighter.in_use {
            self.add_item(handle, item);
        }
        self.learn_reactions(handle, library);
        let hit_points = character.hit_points(library);
        if let Some(creature) = self.get_mut(handle) {
            creature.hp = hit_points.current.min(i32::MAX as u32) as i32;
            creature.temp_hp = hit_points.temporary.min(i32::MAX as u32) as i32;
            for stock in &mut creature.stocks {
                let spent = character.wear.resources.get(&stock.id).copied().unwrap_or(0);
                stock.left = (stock.left - spent.min(i32::MAX as u32) as i32).max(0);
            }
        }
        handle
    }

    /// What a character has been through, from the creature that it is in play; `before` is what it came in with.
    #[must_use]
    pub fn wear_of(&self, who: Handle, before: &Character) -> Option<Wear> {
        let creature = self.get(who)?;
        let most = before.hit_points(self.library).maximum;
        let book = &creature.book;
        let mut slots = [0; 9];
        for (level, spent) in slots.iter_mut().enumerate() {
            *spent = book.slots_max[level + 1].saturating_sub(book.slots[level + 1]);
        }
        // Another form has hit points of its own, and what it wears off is not the character's.
        let is_itself = creature.forms.is_empty();
        let damage = most.saturating_sub(creature.hp.max(0).unsigned_abs());
        let spent =
            creature.stocks.iter().map(|stock| (stock.id, (stock.max - stock.left).max(0).unsigned_abs()));
        Some(Wear {
            damage: if is_itself { damage } else { before.wear.damage },
            temporary: if is_itself { creature.temp_hp.max(0).unsigned_abs() } else { 0 },
            hit_dice: before.wear.hit_dice.clone(),
            slots,
            pact_slots: book.pact_max.saturating_sub(book.pact.0),
            resources: spent.filter(|(_, spent)| *spent > 0).collect(),
            exhaustion: creature.exhaustion,
            rested: before.wear.rested,
        })
    }
}

/// A monk strikes with Strength or Dexterity, as it likes.
const fn monk_traits() -> u64 {
    AttackTrait::Monk.bit() | AttackTrait::Dexterity.bit()
}

fn base_of<'c>(library: &'c crate::content::Library, item: &Item) -> Option<&'c Item> {
    item.base.first().and_then(|base| library.item(*base))
}

fn sheet_of(character: &Character, fighter: &Fighter<'_>) -> Sheet {
    let level = character.level();
    let mut sheet = Sheet::plain(level, fighter.scores);
    sheet.id = Some(character.race);
    sheet.size = fighter.size;
    sheet.tags = fighter.tags.clone();
    sheet.saves = fighter.saves;
    sheet.skills = fighter.skills;
    sheet.hp_max = fighter.hit_points;
    sheet.hit_die = fighter.hit_die;
    sheet.speeds = Speeds { walk: fighter.speed, ..Speeds::default() };
    for (sense, feet) in &fighter.senses {
        sheet.senses[*sense as usize] = *feet;
    }
    sheet.classes = character.class_levels().into_iter().collect();
    if let Some(line) = fighter.casting.iter().max_by_key(|line| line.save_dc.total) {
        sheet.casting = Some(line.ability);
        sheet.dc = line.save_dc.total.clamp(0, 99) as i16;
        sheet.spell_attack = line.attack.total.clamp(-99, 99) as i16;
    }
    sheet
}

fn book_of(character: &Character, fighter: &Fighter<'_>) -> SpellBook {
    let mut book = SpellBook { spells: fighter.spells.clone(), ..SpellBook::default() };
    for (level, (has, spent)) in fighter.slots.into_iter().zip(character.wear.slots).enumerate() {
        book.slots_max[level + 1] = has;
        book.slots[level + 1] = has.saturating_sub(spent);
    }
    book.pact_max = fighter.pact.slots;
    book.pact = (fighter.pact.slots.saturating_sub(character.wear.pact_slots), fighter.pact.slot_level);
    let once: &[(Id, u8)] = &fighter.once_a_day;
    book.innate.extend(fighter.at_will.iter().map(|(spell, level)| (*spell, 0, 0, *level)));
    book.innate.extend(once.iter().map(|(spell, level)| (*spell, 1, 1, *level)));
    book
}
