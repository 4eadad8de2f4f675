//! Sign-ins, wherever they are kept: whichever driver has the seat of the session store.
//!
//! They are no part of a transaction over the records. So whatever ends sign-ins ends them *before* it commits: if the
//! store does not answer, nothing has happened, and if the commit fails, somebody has to sign in once more.

use chrono::{DateTime, Utc};
use grid::{AccountId, SessionId};
use store::{game_sessions::EndedSignIns, sessions::Session};
use uuid::Uuid;

use crate::{Domain, Error};

/// Adds a session.
pub(crate) async fn put(domain: &Domain, session: Session) -> Result<(), Error> {
    Ok(domain.sessions().put(&session.into()).await?)
}

/// The session of that id, whatever its condition.
pub(crate) async fn find(domain: &Domain, id: SessionId) -> Result<Option<Session>, Error> {
    Ok(domain.sessions().find(id.uuid()).await?.as_ref().map(Session::from))
}

/// The session whose secret has that hash, whatever its condition.
pub(crate) async fn find_by_hash(domain: &Domain, hash: &str) -> Result<Option<Session>, Error> {
    Ok(domain.sessions().find_by_hash(hash).await?.as_ref().map(Session::from))
}

/// The newest session of a family, if the sign-in is not over.
pub(crate) async fn find_live_of_family(
    domain: &Domain,
    family: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Session>, Error> {
    Ok(domain.sessions().find_live_of_family(family, now).await?.as_ref().map(Session::from))
}

/// The newest session of each of an account's sign-ins that are not over, the newest first.
pub(crate) async fn list_live(
    domain: &Domain,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Session>, Error> {
    let live = domain.sessions().of_account(account.uuid(), now).await?;
    Ok(live.iter().map(Session::from).collect())
}

/// Puts `successor` in the place of the live session `id`. True for exactly one of all who try.
pub(crate) async fn replace(
    domain: &Domain,
    id: SessionId,
    successor: Session,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    Ok(domain.sessions().replace(id.uuid(), &successor.into(), now).await?)
}

/// Gives a live session a later end.
pub(crate) async fn keep_until(domain: &Domain, id: SessionId, until: DateTime<Utc>) -> Result<(), Error> {
    Ok(domain.sessions().keep_until(id.uuid(), until).await?)
}

/// Ends a sign-in and what is played by it; returns how many sessions that were.
pub(crate) async fn end_family(domain: &Domain, family: Uuid, now: DateTime<Utc>) -> Result<u64, Error> {
    let mut ended = 0;
    // A refresh under way may put a successor in behind the first pass; after that nothing is left that could have another.
    while let more @ 1.. = domain.sessions().revoke_family(family, now).await? {
        ended += more;
    }
    end_play(domain, EndedSignIns::One(SessionId::from_uuid(family)), now).await?;
    Ok(ended)
}

/// Ends an account's sign-ins but the one of that family, and what is played by them; returns how many sessions that were.
pub(crate) async fn end_of_account(
    domain: &Domain,
    account: AccountId,
    except: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut ended = 0;
    // As in `end_family`.
    while let more @ 1.. = domain.sessions().revoke_account(account.uuid(), except, now).await? {
        ended += more;
    }
    end_play(domain, EndedSignIns::AllOf(account, except.map(SessionId::from_uuid)), now).await?;
    Ok(ended)
}

/// No ticket of theirs lets anybody in any more, and gateways send away who came in by them once they hear of it.
async fn end_play(domain: &Domain, ended: EndedSignIns, now: DateTime<Utc>) -> Result<(), Error> {
    store::tickets::void_of_sign_ins(domain.store(), ended, now).await?;
    store::game_sessions::end_of_sign_ins(domain.store(), ended, now).await?;
    Ok(())
}
