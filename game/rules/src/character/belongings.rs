//! What a character owns, wears and is attuned to.

use crate::Id;
use crate::content::{ArmorKind, Attunement, Item, Library};
use crate::language::expr::AttackTrait;

use crate::vocabulary::State;

use super::{Belonging, Character, Refusal, sheet::Desk};

/// Most items that one creature is attuned to. Source: SRD 5.1, "Attunement".
pub const ATTUNED_MAX: usize = 3;
/// Most different things that one character owns, so that a sheet stays small enough to send.
const BELONGINGS_MAX: usize = 500;

impl Character {
    /// Items that it wears, wields or holds ready.
    pub(super) fn equipped<'s, 'a>(
        &'s self,
        library: &'a Library,
    ) -> impl Iterator<Item = &'a Item> + use<'s, 'a> {
        let equipped = self.belongings.iter().filter(|belonging| belonging.equipped && belonging.count > 0);
        equipped.filter_map(|belonging| library.item(belonging.item))
    }

    /// Items whose effects it has: equipped, and attuned if they ask for it.
    pub(super) fn items_in_use<'a>(&self, library: &'a Library) -> Vec<&'a Item> {
        let used = self.belongings.iter().filter(|belonging| belonging.equipped && belonging.count > 0);
        let items = used.filter_map(|belonging| Some((belonging, library.item(belonging.item)?)));
        items
            .filter(|(belonging, item)| item.attunement.is_none() || belonging.attuned)
            .map(|(_, item)| item)
            .collect()
    }

    /// Gains some of one thing.
    ///
    /// # Errors
    ///
    /// An unknown item, or more different things than one character can own.
    pub fn gain_item(&mut self, library: &Library, item: Id, count: u32) -> Result<(), Refusal> {
        library.item(item).ok_or(Refusal::Unknown { kind: "item", id: item })?;
        if let Some(owned) = self.belongings.iter_mut().find(|owned| owned.item == item && !owned.equipped) {
            owned.count = owned.count.saturating_add(count);
            return Ok(());
        }
        if self.belongings.len() >= BELONGINGS_MAX {
            return Err(Refusal::NotOwned(item));
        }
        self.belongings.push(Belonging { item, count, equipped: false, attuned: false });
        Ok(())
    }

    /// Gives some of one thing away; what is equipped goes last.
    ///
    /// # Errors
    ///
    /// There are not so many.
    pub fn lose_item(&mut self, item: Id, count: u32) -> Result<(), Refusal> {
        let owned: u64 = self
            .belongings
            .iter()
            .filter(|owned| owned.item == item)
            .map(|owned| u64::from(owned.count))
            .sum();
        if owned < u64::from(count) {
            return Err(Refusal::NotOwned(item));
        }
        let mut left = count;
        for equipped in [false, true] {
            for lot in self.belongings.iter_mut().filter(|lot| lot.item == item && lot.equipped == equipped) {
                let taken = lot.count.min(left);
                lot.count -= taken;
                left -= taken;
            }
        }
        self.belongings.retain(|lot| lot.count > 0);
        Ok(())
    }

    /// Buys things at their listed price, by the bundle.
    ///
    /// # Errors
    ///
    /// An unknown item, one without a price, or too little money.
    pub fn buy(&mut self, library: &Library, item: Id, bundles: u32) -> Result<(), Refusal> {
        let record = library.item(item).ok_or(Refusal::Unknown { kind: "item", id: item })?;
        let price = record.cost_cp.ok_or(Refusal::Unknown { kind: "price of item", id: item })?;
        let needed = price.saturating_mul(bundles);
        let rest = self.money_cp.checked_sub(needed).ok_or(Refusal::Money { needed, has: self.money_cp })?;
        self.gain_item(library, item, bundles.saturating_mul(u32::from(record.bundle)))?;
        self.money_cp = rest;
        Ok(())
    }

    /// Puts one of a thing on, or takes it in hand.
    ///
    /// # Errors
    ///
    /// It isn't there, or doesn't go with the rest.
    pub fn equip(&mut self, library: &Library, item: Id) -> Result<(), Refusal> {
        let mut after = self.clone();
        let lot = after
            .belongings
            .iter_mut()
            .find(|lot| lot.item == item && !lot.equipped && lot.count > 0)
            .ok_or(Refusal::NotOwned(item))?;
        lot.count -= 1;
        let attuned = std::mem::take(&mut lot.attuned);
        after.belongings.retain(|lot| lot.count > 0);
        after.belongings.push(Belonging { item, count: 1, equipped: true, attuned });
        if let Some(refusal) = after.check_equipped(library).into_iter().next() {
            return Err(refusal);
        }
        *self = after;
        Ok(())
    }

    /// Takes a thing off, or puts it away.
    ///
    /// # Errors
    ///
    /// It isn't equipped.
    pub fn unequip(&mut self, item: Id) -> Result<(), Refusal> {
        let place = self.belongings.iter().position(|lot| lot.item == item && lot.equipped);
        let lot = self.belongings.remove(place.ok_or(Refusal::NotOwned(item))?);
        let same =
            |other: &&mut Belonging| other.item == item && !other.equipped && other.attuned == lot.attuned;
        match self.belongings.iter_mut().find(same) {
            Some(other) => other.count = other.count.saturating_add(lot.count),
            None => self.belongings.push(Belonging { equipped: false, ..lot }),
        }
        Ok(())
    }

    /// Attunes to a thing, in a short rest spent on it.
    ///
    /// # Errors
    ///
    /// It isn't there, needs no attunement, asks for somebody else, or three are attuned already.
    pub fn attune(&mut self, library: &Library, item: Id) -> Result<(), Refusal> {
        let mut after = self.clone();
        let lot = after.belongings.iter_mut().find(|lot| lot.item == item && !lot.attuned);
        lot.ok_or(Refusal::NotOwned(item))?.attuned = true;
        if let Some(refusal) = after.check_attuned(library).into_iter().next() {
            return Err(refusal);
        }
        *self = after;
        Ok(())
    }

    /// Two hands, one suit of armour, one shield.
    pub(super) fn check_equipped(&self, library: &Library) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let (mut hands, mut suits, mut shields) = (0, 0, 0);
        for lot in self.belongings.iter().filter(|lot| lot.equipped) {
            let Some(item) = library.item(lot.item) else { continue };
            let before = (hands, suits, shields);
            if let Some(weapon) = &item.weapon {
                hands += if weapon.with.contains(&AttackTrait::TwoHanded) { 2 } else { lot.count };
            }
            match item.armor.as_ref().map(|armor| armor.kind) {
                Some(ArmorKind::Shield) => {
                    hands += lot.count;
                    shields += lot.count;
                }
                Some(_) => suits += lot.count,
                None => {}
            }
            let wears = (hands, suits, shields) != before;
            if wears && (hands > 2 || suits > 1 || shields > 1) {
                refusals.push(Refusal::Equipped(item.id));
            }
        }
        refusals
    }

    /// At most three, each allowed.
    pub(super) fn check_attuned(&self, library: &Library) -> Vec<Refusal> {
        let attuned = self.belongings.iter().filter(|lot| lot.attuned);
        let anything = Desk::new(self, library).states().contains(&State::UsesAnyMagic);
        let allowed = |item: &Item| match &item.attunement {
            None => false,
            Some(Attunement::Anybody) => true,
            Some(Attunement::When(when)) => anything || self.fulfils(library, when),
        };
        attuned
            .enumerate()
            .filter(|(number, lot)| {
                *number >= ATTUNED_MAX || lot.count != 1 || !library.item(lot.item).is_some_and(allowed)
            })
            .map(|(_, lot)| Refusal::Attuned(lot.item))
            .collect()
    }
}
