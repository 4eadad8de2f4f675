//! What the region remembers of its fights.

use api::{
    List,
    combat_log::{CombatEntry, CombatFilter, ENTRIES_DEFAULT},
    right,
};
use game::CombatRecord;
use garde::Validate as _;

use super::{live, told};
use crate::{Allowed, Domain, Error};

/// A page of what happened in fights, the newest first: as far back as the region remembers, which is
/// [`game::COMBAT_LOG_RECORDS`] records at least, and not beyond its start.
///
/// # Errors
/// [`Error::InvalidField`] for a filter beyond its limits; [`Error::Unavailable`] where no region runs.
pub fn combat_log(
    domain: &Domain,
    _: &Allowed<right::InspectEntities>,
    filter: &CombatFilter,
) -> Result<List<CombatEntry>, Error> {
    filter.validate()?;
    let limit = filter.limit.unwrap_or(ENTRIES_DEFAULT) as usize;
    let name = filter.name.as_deref().unwrap_or_default().trim().to_lowercase();
    let pages = live(domain)?.watch.fights_since(0);
    let newest_first = pages.iter().rev().flat_map(|page| page.records.iter().rev());
    let mut fitting = newest_first
        .skip_while(|record| filter.cursor.is_some_and(|cursor| record.id.uuid() >= cursor))
        .take_while(|record| filter.from.is_none_or(|from| record.at >= from))
        .filter(|record| fits(record, filter, &name));
    let items: Vec<CombatEntry> = fitting.by_ref().take(limit).map(told::entry).collect();
    let next = fitting.next().and(items.last()).map(|last| last.id.to_string());
    Ok(List { items, next })
}

fn fits(record: &CombatRecord, filter: &CombatFilter, name: &str) -> bool {
    let mut parties = [Some(&record.who), record.other.as_ref()].into_iter().flatten();
    filter.until.is_none_or(|until| record.at <= until)
        && filter.kind.is_none_or(|kind| told::kind(record) == kind)
        && filter.entity.is_none_or(|id| parties.clone().any(|party| party.entity.uuid() == id))
        && (name.is_empty() || parties.any(|party| party.name.to_lowercase().contains(name)))
}
