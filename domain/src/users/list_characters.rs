//! Somebody's characters, as staff look after them.

use api::{List, character::CharacterView, right};
use grid::AccountId;

use crate::{Allowed, Domain, Error, characters};

/// The account's characters, the oldest first.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn list_characters(
    domain: &Domain,
    _: &Allowed<right::ViewUsers>,
    id: AccountId,
) -> Result<List<CharacterView>, Error> {
    super::find(domain, id).await?;
    characters::of_account(domain, id).await
}
