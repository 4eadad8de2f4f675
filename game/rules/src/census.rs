//! How much of the System Reference Document runs: every row of it, the record that stands for it, and what that record
//! says of itself.
//!
//! `coverage/srd.json` lists the rows, by the names under which the document's readers know them; several rows may be
//! one record, as the three uses of a feature that grows.

use std::collections::BTreeMap;

use crate::Id;
use crate::content::{Coverage, Kind, Library};

/// One row of the document.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub row: String,
    /// The kind and id of the record that stands for it.
    pub record: (Kind, Id),
    /// How much of it runs; nothing, if the record isn't there.
    pub coverage: Option<Coverage>,
}

/// How many rows of a group run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All rows.
    pub rows: usize,
    /// Those that run wholly.
    pub executable: usize,
    /// Those of which something is missing.
    pub partial: usize,
    /// Those that people play out.
    pub narrative: usize,
    /// Those without a record.
    pub missing: usize,
}

/// All rows by group: `spells`, `monsters`, `features` and so on.
///
/// # Panics
///
/// If the list that comes with the crate is at fault, which a test of this crate rules out.
#[must_use]
pub fn census(library: &Library) -> BTreeMap<String, Vec<Row>> {
    let list: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(include_str!("../coverage/srd.json")).expect("the list of rows is well formed");
    list.into_iter()
        .map(|(group, rows)| {
            let rows = rows.into_iter().map(|(row, record)| {
                let record = record_of(&record).expect("each row names a record as kind/id");
                Row { row, record, coverage: coverage_of(library, record) }
            });
            (group, rows.collect())
        })
        .collect()
}

fn record_of(text: &str) -> Option<(Kind, Id)> {
    let (kind, id) = text.split_once('/')?;
    Some((Kind::from_word(kind)?, Id::new(id).ok()?))
}

fn coverage_of(library: &Library, (kind, id): (Kind, Id)) -> Option<Coverage> {
    Some(match kind {
        Kind::Spells => library.spell(id)?.coverage.clone(),
        Kind::Monsters => library.monster(id)?.coverage.clone(),
        Kind::Features => library.feature(id)?.coverage.clone(),
        Kind::Conditions => library.condition(id)?.coverage.clone(),
        Kind::Items => library.item(id)?.coverage.clone(),
        Kind::Classes => library.class(id)?.coverage.clone(),
        Kind::Subclasses => library.subclass(id)?.coverage.clone(),
        Kind::Races => library.race(id)?.coverage.clone(),
        Kind::Subraces => library.subrace(id)?.coverage.clone(),
        Kind::Backgrounds => library.background(id)?.coverage.clone(),
        Kind::Languages => library.language(id).map(|_| Coverage::Executable)?,
    })
}

/// How many of some rows run.
#[must_use]
pub fn count(rows: &[Row]) -> Count {
    rows.iter().fold(Count { rows: rows.len(), ..Count::default() }, |mut count, row| {
        match row.coverage {
            Some(Coverage::Executable) => count.executable += 1,
            Some(Coverage::Partial(_)) => count.partial += 1,
            Some(Coverage::Narrative) => count.narrative += 1,
            None => count.missing += 1,
        }
        count
    })
}
