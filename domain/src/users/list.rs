//! All accounts.

use api::{
    List, right,
    user::{UserFilter, UserView},
};
use garde::Validate as _;
use grid::AccountId;
use store::accounts::Wanted;

use crate::{Allowed, Domain, Error};

/// Accounts of a page.
const PAGE_ACCOUNTS: usize = 50;

/// A page of accounts that fit the filter, the newest first.
///
/// # Errors
/// [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list(
    domain: &Domain,
    _: &Allowed<right::ViewUsers>,
    filter: UserFilter,
) -> Result<List<UserView>, Error> {
    filter.validate()?;
    let before = filter.cursor.map(|text| text.parse::<AccountId>()).transpose().map_err(|_| {
        Error::InvalidField { field: "cursor", message: "must be the `next` of the page before".to_owned() }
    })?;
    let wanted = Wanted {
        search: filter.search.map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty()),
        role: filter.role.map(|role| role.name().to_owned()),
        disabled: filter.disabled,
        before,
    };
    // One more than a page tells whether there is another one.
    let mut accounts = store::accounts::list(domain.store(), &wanted, PAGE_ACCOUNTS as u64 + 1).await?;
    let has_more = accounts.len() > PAGE_ACCOUNTS;
    accounts.truncate(PAGE_ACCOUNTS);
    let next = accounts.last().filter(|_| has_more).map(|account| account.id.to_string());
    Ok(List { items: accounts.iter().map(super::view).collect::<Result<_, _>>()?, next })
}
