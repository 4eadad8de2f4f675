//! One account.

use api::{right, user::UserView};
use grid::AccountId;

use crate::{Allowed, Domain, Error};

/// The account of that id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn get(domain: &Domain, _: &Allowed<right::ViewUsers>, id: AccountId) -> Result<UserView, Error> {
    super::view(&super::find(domain, id).await?)
}
