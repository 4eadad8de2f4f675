//! What was done about an account.

use api::{List, moderation::SanctionView, right};
use grid::AccountId;

use super::views;
use crate::{Allowed, Domain, Error, users};

/// The account's sanctions, past and present, the newest first.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn history(
    domain: &Domain,
    _: &Allowed<right::ViewUsers>,
    account: AccountId,
) -> Result<List<SanctionView>, Error> {
    users::find(domain, account).await?;
    let sanctions = store::sanctions::list_of_account(domain.store(), account).await?;
    Ok(List::whole(views(domain, sanctions, store::now()).await?))
}
