//! Lists of content.

use api::{
    List, right,
    rules::{RulesEntry, RulesFilter, RulesKind},
};
use garde::Validate as _;
use rules::content::{Class, Condition, Item, Monster, Race, Spell, srd};

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
    Ok(match kind {
        RulesKind::Classes => page::<Class>(filter),
        RulesKind::Races => page::<Race>(filter),
        RulesKind::Spells => page::<Spell>(filter),
        RulesKind::Monsters => page::<Monster>(filter),
        RulesKind::Items => page::<Item>(filter),
        RulesKind::Conditions => page::<Condition>(filter),
    })
}

/// Records are sorted by id, so the last id of a page is where the next one begins.
fn page<P: Page>(filter: &RulesFilter) -> List<RulesEntry> {
    let wanted = filter.name.as_deref().unwrap_or_default().trim().to_lowercase();
    let after = filter.cursor.as_deref().unwrap_or_default();
    let mut fitting = P::all(srd())
        .iter()
        .filter(|record| record.is_listed())
        .filter(|record| record.id().as_str() > after && record.name().to_lowercase().contains(&wanted));
    let items: Vec<RulesEntry> = fitting.by_ref().take(PAGE_ENTRIES).map(Page::entry).collect();
    let next = fitting.next().and(items.last()).map(|last| last.id.clone());
    List { items, next }
}
