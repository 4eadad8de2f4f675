//! Who one is.

use api::auth::AccountView;

use crate::{Actor, Domain, Error};

/// The actor's own account.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn me(domain: &Domain, actor: &Actor) -> Result<AccountView, Error> {
    let account = super::own(domain, actor).await?;
    super::view(domain, &account, actor).await
}
