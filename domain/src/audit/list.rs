//! Reading the audit.

use std::collections::HashMap;

use api::{
    List,
    audit::{AuditEntryView, AuditFilter},
    right,
};
use garde::Validate as _;
use store::audit::{Link, Wanted};

use crate::{Allowed, Domain, Error};

/// Entries of a page.
const PAGE_ENTRIES: usize = 50;

/// A page of entries that fit the filter, the newest first.
///
/// # Errors
/// [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list(
    domain: &Domain,
    _: &Allowed<right::ViewAudit>,
    filter: AuditFilter,
) -> Result<List<AuditEntryView>, Error> {
    let wanted = wanted(filter)?;
    // One more than a page tells whether there is another one.
    let mut links = store::audit::list(domain.store(), &wanted, PAGE_ENTRIES as u64 + 1).await?;
    let has_more = links.len() > PAGE_ENTRIES;
    links.truncate(PAGE_ENTRIES);
    let next = links.last().filter(|_| has_more).map(|link| link.seq.to_string());
    Ok(List { items: views(domain, links).await?, next })
}

pub(super) fn wanted(filter: AuditFilter) -> Result<Wanted, Error> {
    filter.validate()?;
    let before = filter.cursor.map(|text| text.parse()).transpose().map_err(|_| Error::InvalidField {
        field: "cursor",
        message: "must be the `next` of the page before".to_owned(),
    })?;
    Ok(Wanted {
        actor: filter.actor,
        action: filter.action,
        subject: filter.subject,
        since: filter.since,
        until: filter.until,
        before,
    })
}

/// The entries with their actors' names.
pub(super) async fn views(domain: &Domain, links: Vec<Link>) -> Result<Vec<AuditEntryView>, Error> {
    let mut actors: Vec<_> = links.iter().filter_map(|link| link.entry.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    let accounts = store::accounts::find_all(domain.store(), &actors).await?;
    let names: HashMap<_, _> =
        accounts.into_iter().map(|account| (account.id, account.display_name)).collect();
    let view = |link: Link| AuditEntryView {
        id: link.entry.id,
        seq: link.seq,
        at: link.entry.at,
        actor: link.entry.actor,
        actor_name: link.entry.actor.and_then(|id| names.get(&id).cloned()),
        action: link.entry.action,
        subject: link.entry.subject,
        before: link.entry.before,
        after: link.entry.after,
        details: link.entry.details,
        reason: link.entry.reason,
        address: link.entry.address,
        user_agent: link.entry.user_agent,
        request_id: link.entry.request_id,
        hash: link.hash,
    };
    Ok(links.into_iter().map(view).collect())
}
