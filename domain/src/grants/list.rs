//! What an account was given.

use api::{List, right, role::GrantView};
use grid::AccountId;

use super::views;
use crate::{Allowed, Domain, Error, users};

/// The account's grants, past and present, the newest first.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn list(
    domain: &Domain,
    _: &Allowed<right::ViewUsers>,
    account: AccountId,
) -> Result<List<GrantView>, Error> {
    users::find(domain, account).await?;
    let grants = store::grants::list_of_account(domain.store(), account).await?;
    Ok(List::whole(views(domain, grants, store::now()).await?))
}
