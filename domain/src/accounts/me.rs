//! Who one is.

use api::auth::AccountView;

use crate::{Actor, Domain, Error};

/// The actor's own account.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn me(domain: &Domain, actor: &Actor) -> Result<AccountView, Error> {
    let id = actor.signed_in()?;
    let account = store::accounts::find(domain.store(), id).await?.ok_or(Error::Unauthenticated)?;
    super::view(&account)
}
