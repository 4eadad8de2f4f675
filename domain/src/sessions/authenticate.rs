//! From a cookie to an actor.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use store::sessions::{Session, SessionKind};

use super::kept;
use crate::{Actor, Arrival, Domain, Error, authority, secret};

/// However much it is used, a session ends so long after the sign-in.
const LIFE_MAX: TimeDelta = TimeDelta::days(30);

/// The actor that a session's cookie stands for. Use prolongs the session.
///
/// # Errors
/// [`Error::Unauthenticated`] if the session is unknown or over, or its account is gone or disabled.
pub async fn authenticate(domain: &Domain, cookie: &SecretString, arrival: Arrival) -> Result<Actor, Error> {
    Ok(authority::of_session(domain, secret::hash(cookie)).await?.actor(arrival))
}

/// The live session whose cookie has that hash, prolonged.
pub(crate) async fn find_by_cookie(
    domain: &Domain,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Session, Error> {
    let session = kept::find_by_hash(domain, hash)
        .await?
        .filter(|session| session.kind == SessionKind::Cookie && is_live(session, now))
        .ok_or(Error::Unauthenticated)?;
    // Whoever looks through another's eyes does so for as long as they said, and no longer.
    if session.impersonator.is_none() {
        prolong(domain, &session, now).await?;
    }
    Ok(session)
}

fn is_live(session: &Session, now: DateTime<Utc>) -> bool {
    session.revoked_at.is_none() && session.expires_at > now && session.created_at + LIFE_MAX > now
}

/// Writes the new end only when a tenth of the life is gone: a page asks many times a second.
async fn prolong(domain: &Domain, session: &Session, now: DateTime<Utc>) -> Result<(), Error> {
    let ttl = domain.settings().auth.session_ttl;
    if session.expires_at < now + ttl * 9 / 10 {
        kept::keep_until(domain, session.id, now + ttl).await?;
    }
    Ok(())
}
