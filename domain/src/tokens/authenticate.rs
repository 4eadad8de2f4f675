//! From an access token to an actor.

use secrecy::SecretString;

use crate::{Actor, Arrival, Domain, Error, accounts};

/// The actor that a bearer token stands for. The role is the account's present one, and a disabled account is out at
/// once, whatever the token's age.
///
/// # Errors
/// [`Error::Unauthenticated`] if the token is not ours, not valid now, or its account is gone or disabled.
pub async fn authenticate(domain: &Domain, bearer: &SecretString, arrival: Arrival) -> Result<Actor, Error> {
    let claims = domain.signing_key().verify(bearer)?;
    let account = store::accounts::find(domain.store(), claims.sub)
        .await?
        .filter(|account| account.disabled_at.is_none())
        .ok_or(Error::Unauthenticated)?;
    Ok(Actor {
        account: Some(account.id),
        role: Some(accounts::role_of(&account)?),
        session: Some(claims.sid),
        arrival,
    })
}
