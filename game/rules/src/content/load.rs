//! Reading packs into a library, all of it or nothing.

use std::{borrow::Cow, collections::HashMap};

use serde::de::DeserializeOwned;

use crate::Id;

use super::{
    Kind, Library, check,
    library::{Record, Table},
};

/// A set of content that adds to the packs before it, or overrides records of theirs by using the same id.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// Its files.
    pub sources: Vec<Source>,
}

/// A file of a pack: one record, or a list of them.
#[derive(Clone, Debug)]
pub struct Source {
    /// What its records are.
    pub kind: Kind,
    /// Where it is from, for people.
    pub path: Cow<'static, str>,
    /// Its JSON.
    pub text: Cow<'static, str>,
}

/// Something wrong in content: where, and what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {path}: {reason}")]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The record and the place in it, such as `srd:fire-bolt.do[0].attack`.
    pub path: String,
    /// What is wrong, and what to do.
    pub reason: String,
}

/// Records of one kind, read so far, each with its file and its pack.
struct Shelf<T> {
    records: Vec<T>,
    places: HashMap<Id, usize>,
    files: Vec<(usize, Cow<'static, str>)>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { records: Vec::new(), places: HashMap::new(), files: Vec::new() }
    }
}

impl<T: Record> Shelf<T> {
    fn read(&mut self, pack: usize, source: &Source, faults: &mut Vec<Fault>) {
        let records = match parse::<T>(&source.text) {
            Ok(records) => records,
            Err((path, reason)) => {
                faults.push(Fault { file: source.path.to_string(), path, reason });
                return;
            }
        };
        for record in records {
            let file = (pack, source.path.clone());
            match self.places.get(&record.id()) {
                Some(&place) if self.files[place].0 == pack => faults.push(Fault {
                    file: source.path.to_string(),
                    path: record.id().to_string(),
                    reason: format!("the same id stands in {}", self.files[place].1),
                }),
                Some(&place) => {
                    self.records[place] = record;
                    self.files[place] = file;
                }
                None => {
                    self.places.insert(record.id(), self.records.len());
                    self.records.push(record);
                    self.files.push(file);
                }
            }
        }
    }

    fn finish(self, kind: Kind, files: &mut Files) -> Table<T> {
        for (record, (_, file)) in self.records.iter().zip(self.files) {
            files.insert((kind, record.id()), file);
        }
        Table::of(self.records)
    }
}

/// Which file each record comes from.
pub(super) type Files = HashMap<(Kind, Id), Cow<'static, str>>;

impl Library {
    /// Reads packs in order. All faults are told, not only the first.
    pub fn load(packs: &[Pack]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut files = Files::new();
        let mut library = read(packs, &mut files, &mut faults);
        super::variants::add(&mut library);
        if faults.is_empty() {
            faults = check::check(&library, &files);
        }
        if faults.is_empty() { Ok(library) } else { Err(faults) }
    }
}

/// Reads each kind onto its shelf, then makes the library of all shelves.
macro_rules! read_kinds {
    ($($kind:ident $table:ident $record:ident;)+) => {
        #[derive(Default)]
        struct Shelves { $($table: Shelf<super::$record>,)+ }

        fn read(packs: &[Pack], files: &mut Files, faults: &mut Vec<Fault>) -> Library {
            let mut shelves = Shelves::default();
            for (number, pack) in packs.iter().enumerate() {
                for source in &pack.sources {
                    match source.kind {
                        $(Kind::$kind => shelves.$table.read(number, source, faults),)+
                    }
                }
            }
            Library { $($table: shelves.$table.finish(Kind::$kind, files),)+ }
        }
    };
}

read_kinds! {
    Spells spells Spell;
    Monsters monsters Monster;
    Features features Feature;
    Conditions conditions Condition;
    Items items Item;
    Classes classes Class;
    Subclasses subclasses Subclass;
    Races races Race;
    Subraces subraces Subrace;
    Backgrounds backgrounds Background;
    Languages languages Language;
}

/// The records of a file, or where and why it can't be read.
fn parse<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, (String, String)> {
    fn read<R: DeserializeOwned>(text: &str) -> Result<R, (String, String)> {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = serde_path_to_error::deserialize(&mut json)
            .map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
        json.end().map_err(|error| (".".to_owned(), error.to_string()))?;
        Ok(value)
    }
    if text.trim_start().starts_with('[') { read(text) } else { read(text).map(|record| vec![record]) }
}
