//! Lists of content.

use api::{
    List, right,
    rules::{RulesEntry, RulesFilter, RulesKind},
};
use garde::Validate as _;
use rules::{
    Id,
    content::{Class, Condition, Item, Monster, Race, Spell, srd},
};

use super::page::Page;
use crate::{Allowed, Error};

/// Entries of a page.
const PAGE_ENTRIES: usize = 100;

/// A page of records of one kind that fit the filter, by id.
///
/// # Errors
/// A filter beyond its limits.
pub fn list(
    _: &Allowed<right::ViewRules>,
    kind: RulesKind,
    filter: &RulesFilter,
) -> Result<List<RulesEntry>, Error> {
    filter.validate()?;
    let cursor = filter.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let after = cursor.map(str::parse::<Id>).transpose().map_err(|_| Error::InvalidField {
        field: "cursor",
        message: "must be the `next` of the page before".to_owned(),
    })?;
    let after = after.map_or("", Id::as_str);
    Ok(match kind {
        RulesKind::Classes => page::<Class>(filter, after),
        RulesKind::Races => page::<Race>(filter, after),
        RulesKind::Spells => page::<Spell>(filter, after),
        RulesKind::Monsters => page::<Monster>(filter, after),
        RulesKind::Items => page::<Item>(filter, after),
        RulesKind::Conditions => page::<Condition>(filter, after),
    })
}

/// Records are sorted by id, so the last id of a page is where the next one begins.
fn page<P: Page>(filter: &RulesFilter, after: &str) -> List<RulesEntry> {
    let wanted = filter.name.as_deref().unwrap_or_default().trim().to_lowercase();
    let mut fitting = P::all(srd())
        .iter()
        .filter(|record| record.is_listed())
        .filter(|record| record.id().as_str() > after && record.name().to_lowercase().contains(&wanted));
    let items: Vec<RulesEntry> = fitting.by_ref().take(PAGE_ENTRIES).map(Page::entry).collect();
    let next = fitting.next().and(items.last()).map(|last| last.id.clone());
    List { items, next }
}
