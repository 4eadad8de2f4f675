//! From an access token to an actor.

use secrecy::SecretString;

use crate::{Actor, Arrival, Domain, Error, authority};

/// The actor that a bearer token stands for. The rights are the account's present ones; when the sign-in ends or the
/// account is disabled, the token is worth nothing, whatever its age.
///
/// # Errors
/// [`Error::Unauthenticated`] if the token is not ours, not valid now, its sign-in is over, or its account is gone or
/// disabled.
pub async fn authenticate(domain: &Domain, bearer: &SecretString, arrival: Arrival) -> Result<Actor, Error> {
    let claims = domain.keys().verify(bearer)?;
    let standing = authority::of_family(domain, claims.sid.uuid()).await?;
    if standing.account != claims.sub {
        return Err(Error::Unauthenticated);
    }
    Ok(standing.actor(arrival))
}
