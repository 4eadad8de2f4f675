//! Beginning to set a second factor up.

use api::credential::{SetUpTotpRequest, TotpSetUp};
use garde::Validate as _;
use secrecy::{ExposeSecret as _, SecretString};

use super::authenticator;
use crate::{Actor, Domain, Error, accounts, secret};

/// Gives the actor a secret for their authenticator. It does not count before [`confirm`](super::confirm) saw a code.
///
/// # Errors
/// [`Error::WrongPassword`] for a wrong one; [`Error::Conflict`] if a second factor is there already.
pub async fn set_up(domain: &Domain, actor: &Actor, request: SetUpTotpRequest) -> Result<TotpSetUp, Error> {
    actor.signed_in()?;
    request.validate()?;
    let account = accounts::confirm_password(domain, actor, SecretString::from(request.password)).await?;
    let nonce = secret::random();
    let begun =
        store::second_factors::begin(domain.store(), account.id, nonce.expose_secret(), store::now()).await?;
    if !begun {
        return Err(Error::Conflict("a second factor is set up already; remove it first".to_owned()));
    }
    let authenticator = authenticator(domain, account.id, &account.email, nonce.expose_secret())?;
    let url = authenticator
        .to_url()
        .map_err(|error| Error::Internal(format!("an authenticator has no address: {error}")))?;
    Ok(TotpSetUp { secret: authenticator.secret().to_base32(), url })
}
