//! The actor's own account, and making sure that it is them.

use secrecy::SecretString;
use store::accounts::Account;

use super::password;
use crate::{Actor, Domain, Error};

/// The actor's own account.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub(crate) async fn own(domain: &Domain, actor: &Actor) -> Result<Account, Error> {
    let id = actor.signed_in()?;
    store::accounts::find(domain.store(), id).await?.ok_or(Error::Unauthenticated)
}

/// The actor's own account, if they know its password: an open session alone is not enough for what would take the
/// account over.
///
/// # Errors
/// [`Error::WrongPassword`] if they don't; [`Error::RateLimited`] after too many tries.
pub(crate) async fn confirm_password(
    domain: &Domain,
    actor: &Actor,
    given: SecretString,
) -> Result<Account, Error> {
    let account = own(domain, actor).await?;
    domain.login_desk().admit_code(account.id).await?;
    if password::verify(given, Some(account.password_hash.clone())).await? {
        Ok(account)
    } else {
        Err(Error::WrongPassword)
    }
}
