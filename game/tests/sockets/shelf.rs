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
use game::{Aftermath, Change, Character, CharacterKeeper, Feat, KeepError, Kept, Page};
use grid::{CharacterId, EventId};
use rules::{Id, Ruleset, character::LevelTaken, content::srd};

/// Where a test's characters are kept.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    characters: Mutex<BTreeMap<CharacterId, Character>>,
    seen: Mutex<HashSet<EventId>>,
    feats: Mutex<Vec<Feat>>,
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
        let is_new = self.seen.lock().expect("nobody panicked with it").insert(aftermath.id);
        let mut characters = self.characters();
        let character =
            characters.get_mut(&aftermath.character).ok_or(KeepError::Gone(aftermath.character))?;
        match &aftermath.change {
            _ if !is_new => {}
            Change::Worn(wear) => character.wear = (**wear).clone(),
            Change::Earned { experience, .. } => character.experience += experience,
            Change::Handed { .. } => {}
        }
        if is_new && self.stutters.load(Ordering::Relaxed) {
            return Err(KeepError::Unavailable(io::Error::from(io::ErrorKind::TimedOut).into()));
        }
        Ok(Kept { experience: character.experience })
    }

    async fn chronicle(&self, page: &Page) -> Result<(), KeepError> {
        self.feats.lock().expect("nobody panicked with it").extend(page.feats.iter().cloned());
        Ok(())
    }
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
