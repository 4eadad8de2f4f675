//! From a cookie to an actor.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use store::sessions::{Session, SessionKind};

use crate::{Actor, Arrival, Domain, Error, accounts, secret};

/// However much it is used, a session ends so long after the sign-in.
const LIFE_MAX: TimeDelta = TimeDelta::days(30);

/// The actor that a session's cookie stands for. Use prolongs the session.
///
/// # Errors
/// [`Error::Unauthenticated`] if the session is unknown or over, or its account is gone or disabled.
pub async fn authenticate(domain: &Domain, cookie: &SecretString, arrival: Arrival) -> Result<Actor, Error> {
    let now = store::now();
    let session = store::sessions::find_by_hash(domain.store(), &secret::hash(cookie))
        .await?
        .filter(|session| session.kind == SessionKind::Cookie && is_live(session, now))
        .ok_or(Error::Unauthenticated)?;
    let account = store::accounts::find(domain.store(), session.account_id)
        .await?
        .filter(|account| account.disabled_at.is_none())
        .ok_or(Error::Unauthenticated)?;
    prolong(domain, &session, now).await?;
    Ok(Actor {
        account: Some(account.id),
        role: Some(accounts::role_of(&account)?),
        session: Some(session.id),
        arrival,
    })
}

fn is_live(session: &Session, now: DateTime<Utc>) -> bool {
    session.revoked_at.is_none() && session.expires_at > now && session.created_at + LIFE_MAX > now
}

/// Writes the new end only when a tenth of the life is gone: a page asks many times a second.
async fn prolong(domain: &Domain, session: &Session, now: DateTime<Utc>) -> Result<(), Error> {
    let ttl = domain.settings().auth.session_ttl;
    if session.expires_at < now + ttl * 9 / 10 {
        store::sessions::keep_until(domain.store(), session.id, now + ttl).await?;
    }
    Ok(())
}
