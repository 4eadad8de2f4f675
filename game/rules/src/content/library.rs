//! All content of a game, found by id.

use crate::Id;
use crate::vocabulary::words;

use super::{Background, Class, Condition, Feature, Item, Language, Monster, Race, Spell, Subclass, Subrace};

words! {
    /// A kind of record, spelt as the folder that holds it.
    Kind {
        Spells = "spells", Monsters = "monsters", Features = "features", Conditions = "conditions",
        Items = "items", Classes = "classes", Subclasses = "subclasses", Races = "races",
        Subraces = "subraces", Backgrounds = "backgrounds", Languages = "languages",
    }
}

/// What every record has.
pub(super) trait Record: serde::de::DeserializeOwned {
    fn id(&self) -> Id;
}

/// Records of one kind, sorted by id, and where each stands.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    records: Vec<T>,
    /// By [`Id::index`]: the place of the record, plus one.
    places: Vec<u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { records: Vec::new(), places: Vec::new() }
    }
}

impl<T: Record> Table<T> {
    pub(super) fn of(mut records: Vec<T>) -> Self {
        records.sort_by_key(|record| record.id().as_str());
        let mut places = Vec::new();
        for (place, record) in records.iter().enumerate() {
            let index = record.id().index();
            if places.len() <= index {
                places.resize(index + 1, 0);
            }
            places[index] = place as u32 + 1;
        }
        Self { records, places }
    }

    pub(super) fn get(&self, id: Id) -> Option<&T> {
        let place = self.places.get(id.index())?.checked_sub(1)?;
        self.records.get(place as usize)
    }
}

/// Declares the library's tables and how each is asked.
macro_rules! tables {
    ($($kind:ident $table:ident $one:ident $record:ident;)+) => {
        /// All content of a game. It never changes once it is read.
        #[derive(Clone, Debug, Default)]
        pub struct Library { $(pub(super) $table: Table<$record>,)+ }

        impl Library {
            $(
                #[doc = concat!("All ", stringify!($table), ", by id.")]
                #[must_use]
                pub fn $table(&self) -> &[$record] {
                    &self.$table.records
                }

                #[doc = concat!("The ", stringify!($one), " with this id.")]
                #[must_use]
                pub fn $one(&self, id: Id) -> Option<&$record> {
                    self.$table.get(id)
                }
            )+

            /// How many records of a kind there are.
            #[must_use]
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$kind => self.$table.records.len(),)+ }
            }

            /// Whether there is a record of this kind and id.
            #[must_use]
            pub fn has(&self, kind: Kind, id: Id) -> bool {
                match kind { $(Kind::$kind => self.$table.get(id).is_some(),)+ }
            }
        }

        $(impl Record for $record {
            fn id(&self) -> Id {
                self.id
            }
        })+
    };
}

tables! {
    Spells spells spell Spell;
    Monsters monsters monster Monster;
    Features features feature Feature;
    Conditions conditions condition Condition;
    Items items item Item;
    Classes classes class Class;
    Subclasses subclasses subclass Subclass;
    Races races race Race;
    Subraces subraces subrace Subrace;
    Backgrounds backgrounds background Background;
    Languages languages language Language;
}
