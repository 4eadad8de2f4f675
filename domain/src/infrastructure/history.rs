//! What was exchanged for what.

use std::collections::BTreeMap;

use api::{List, NodeId, infrastructure::SwapView, right};
use grid::AccountId;
use uuid::Uuid;

use super::view;
use crate::{Allowed, Domain, Error};

/// Swaps of a page.
const PAGE_SWAPS: usize = 50;

/// A page of a node's swaps, the newest first; `cursor` is the `next` of the page before.
///
/// # Errors
/// [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn history(
    domain: &Domain,
    _: &Allowed<right::ViewInfrastructure>,
    node: NodeId,
    cursor: Option<String>,
) -> Result<List<SwapView>, Error> {
    let before = cursor.map(|text| text.parse::<Uuid>()).transpose().map_err(|_| Error::InvalidField {
        field: "cursor",
        message: "must be the `next` of the page before".to_owned(),
    })?;
    let mut swaps = store::node_swaps::list(domain.store(), node, before, PAGE_SWAPS as u64 + 1).await?;
    let has_more = swaps.len() > PAGE_SWAPS;
    swaps.truncate(PAGE_SWAPS);
    let next = swaps.last().filter(|_| has_more).map(|swap| swap.id.to_string());
    let actors: Vec<AccountId> = swaps.iter().filter_map(|swap| swap.actor).collect();
    let names = names(domain, &actors).await?;
    let items = swaps.iter().map(|swap| view(swap, &names)).collect::<Result<_, _>>()?;
    Ok(List { items, next })
}

/// What people call these accounts.
pub(super) async fn names(
    domain: &Domain,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, String>, Error> {
    let found = store::accounts::find_all(domain.store(), accounts).await?;
    Ok(found.into_iter().map(|account| (account.id, account.display_name)).collect())
}
