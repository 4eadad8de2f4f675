//! Characters as somebody keeps them: in memory, and forgetful when a test wants it so.

use std::{
    collections::{BTreeMap, HashSet},
    io,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use game::{
    Aftermath, Change, Character, CharacterKeeper, Deal, Exchanged, Feat, Heap, KeepError, Kept, Lot, Page,
};
use grid::{CharacterId, EntityId, EventId, RegionId};
use rules::{Id, Ruleset, character::LevelTaken, content::srd};

/// Where a test's characters are kept.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    characters: Mutex<BTreeMap<CharacterId, Character>>,
    seen: Mutex<HashSet<EventId>>,
    feats: Mutex<Vec<Feat>>,
    heaps: Mutex<BTreeMap<EntityId, Heap>>,
    /// Keeps what it is given, and says that it could not.
    pub(crate) stutters: AtomicBool,
}

impl Shelf {
    pub(crate) fn put(&self, id: CharacterId, character: Character) {
        self.characters().insert(id, character);
    }

    pub(crate) fn get(&self, id: CharacterId) -> Character {
        self.characters()[&id].clone()
    }

    pub(crate) fn remove(&self, id: CharacterId) {
        self.characters().remove(&id);
    }

    /// What happened in fights so far.
    pub(crate) fn feats(&self) -> Vec<Feat> {
        self.feats.lock().expect("nobody panicked with it").clone()
    }

    /// What lies about.
    pub(crate) fn heaps(&self) -> MutexGuard<'_, BTreeMap<EntityId, Heap>> {
        self.heaps.lock().expect("nobody panicked with it")
    }

    /// Whether a deed is new; and whether it can be told, once it is done.
    fn note(&self, id: EventId) -> (bool, bool) {
        let is_new = self.seen.lock().expect("nobody panicked with it").insert(id);
        (is_new, !is_new || !self.stutters.load(Ordering::Relaxed))
    }

    fn characters(&self) -> MutexGuard<'_, BTreeMap<CharacterId, Character>> {
        self.characters.lock().expect("nobody panicked with it")
    }
}

#[async_trait]
impl CharacterKeeper for Shelf {
    async fn character(&self, id: CharacterId) -> Result<Arc<Character>, KeepError> {
        self.characters().get(&id).cloned().map(Arc::new).ok_or(KeepError::Gone(id))
    }

    async fn keep(&self, aftermath: &Aftermath) -> Result<Kept, KeepError> {
        let (is_new, can_tell) = self.note(aftermath.id);
        let mut characters = self.characters();
        let character =
            characters.get_mut(&aftermath.character).ok_or(KeepError::Gone(aftermath.character))?;
        match &aftermath.change {
            _ if !is_new => {}
            Change::Worn(wear) => character.wear = (**wear).clone(),
            Change::Earned { experience, .. } => character.experience += experience,
            Change::Handed { .. } => {}
            Change::TookUp { heap, .. } => {
                let heap = self.heaps().remove(heap).ok_or(KeepError::Taken(*heap))?;
                gain(character, &heap.lot);
            }
        }
        if can_tell { Ok(Kept { experience: character.experience }) } else { Err(away()) }
    }

    async fn chronicle(&self, page: &Page) -> Result<(), KeepError> {
        self.feats.lock().expect("nobody panicked with it").extend(page.feats.iter().cloned());
        Ok(())
    }

    async fn leave(&self, heap: &Heap) -> Result<(), KeepError> {
        self.heaps().entry(heap.id).or_insert_with(|| heap.clone());
        Ok(())
    }

    async fn clear(&self, heap: EntityId) -> Result<(), KeepError> {
        self.heaps().remove(&heap);
        Ok(())
    }

    async fn heaps(&self, region: RegionId) -> Result<Vec<Heap>, KeepError> {
        Ok(self.heaps().values().filter(|heap| heap.region == region).cloned().collect())
    }

    async fn exchange(&self, deal: &Deal) -> Result<Exchanged, KeepError> {
        let (is_new, can_tell) = self.note(deal.id);
        let mut characters = self.characters();
        if is_new {
            let mut after = characters.clone();
            for (place, (giver, lot)) in deal.sides.iter().enumerate() {
                if !lose(after.get_mut(giver).ok_or(KeepError::Gone(*giver))?, lot) {
                    return Ok(Exchanged::Impossible("somebody has not what was offered".to_owned()));
                }
                let getter = deal.sides[1 - place].0;
                gain(after.get_mut(&getter).ok_or(KeepError::Gone(getter))?, lot);
            }
            *characters = after;
        }
        if can_tell { Ok(Exchanged::Done) } else { Err(away()) }
    }
}

fn away() -> KeepError {
    KeepError::Unavailable(io::Error::from(io::ErrorKind::TimedOut).into())
}

fn gain(character: &mut Character, lot: &Lot) {
    character.money_cp += lot.money_cp;
    for some in &lot.goods {
        let item = some.item.parse().expect("the content has it");
        character.gain_item(srd(), item, some.count).expect("it can be carried");
    }
}

fn lose(character: &mut Character, lot: &Lot) -> bool {
    let Some(rest) = character.money_cp.checked_sub(lot.money_cp) else { return false };
    character.money_cp = rest;
    let item = |text: &str| text.parse().expect("the content has it");
    lot.goods.iter().all(|some| character.lose_item(item(&some.item), some.count).is_ok())
}

/// A human fighter of that level, armed and dressed.
pub(crate) fn fighter(level: usize) -> Character {
    of_class("srd:fighter", level)
}

/// A human of that class and level.
pub(crate) fn of_class(class: &str, level: usize) -> Character {
    let library = srd();
    let id = |text: &str| text.parse::<Id>().expect("the content has it");
    let die = |sides: u32| sides / 2 + 1;
    let mut character = Character::quick(id("srd:human"), id(class), library, &Ruleset::SRD_5_1, die)
        .expect("the content has both");
    let taken = LevelTaken { class: id(class), hit_die: None, subclass: None };
    character.levels.resize(level, taken);
    character
}
