//! Families of refresh tokens.

use api::auth::Tokens;
use chrono::{DateTime, TimeDelta, Utc};
use grid::{AccountId, SessionId};
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    Records,
    accounts::Account,
    sessions::{Session, SessionKind},
};
use uuid::Uuid;

use crate::{Actor, Domain, Error, secret, sessions::note_origin};

/// How long after its use a refresh token still gives the same answer, for a client whose reply got lost.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// The first pair of a new sign-in.
pub(crate) async fn begin_family(domain: &Domain, actor: &Actor, account: &Account) -> Result<Tokens, Error> {
    let (id, token) = (new_id(), secret::random());
    let link = Link { id, account: account.id, family: id.uuid(), token: &token };
    insert(domain, domain.store(), actor, link).await?;
    pair(domain, account.id, id.uuid(), &token)
}

/// The next pair for a refresh token that is good, or was a moment ago.
pub(crate) async fn continue_family(
    domain: &Domain,
    actor: &Actor,
    token: &SecretString,
) -> Result<Tokens, Error> {
    let now = store::now();
    let current = store::sessions::find_by_hash(domain.store(), &secret::hash(token))
        .await?
        .filter(|session| session.kind == SessionKind::Refresh && is_live(session, now))
        .ok_or(Error::Unauthenticated)?;
    let account = store::accounts::find(domain.store(), current.account_id).await?;
    if account.is_none_or(|account| account.disabled_at.is_some()) {
        return Err(Error::Unauthenticated);
    }
    let next_token = secret::successor(&domain.signing_key().succession, token);
    let next =
        Link { id: new_id(), account: current.account_id, family: current.family_id, token: &next_token };
    let transaction = domain.store().begin().await?;
    if store::sessions::replace(&transaction, current.id, next.id, now).await? {
        insert(domain, &transaction, actor, next).await?;
        transaction.commit().await?;
    } else {
        drop(transaction);
        check_grace(domain, current.id, now).await?;
    }
    pair(domain, current.account_id, current.family_id, &next_token)
}

/// Somebody used the token before: lets a repetition within the grace pass, and ends the family otherwise.
async fn check_grace(domain: &Domain, used: SessionId, now: DateTime<Utc>) -> Result<(), Error> {
    let used = store::sessions::find(domain.store(), used).await?.ok_or(Error::Unauthenticated)?;
    let successor = match used.replaced_by {
        Some(id) => store::sessions::find(domain.store(), id).await?,
        None => None,
    };
    let is_untouched = successor.is_some_and(|next| next.replaced_by.is_none() && is_live(&next, now));
    if is_untouched && used.replaced_at.is_some_and(|at| now - at <= GRACE) {
        return Ok(());
    }
    let ended = store::sessions::revoke_family(domain.store(), used.family_id, now).await?;
    tracing::warn!(
        account_id = %used.account_id,
        family_id = %used.family_id,
        ended,
        "a refresh token was used twice; its sign-in was ended"
    );
    Err(Error::Unauthenticated)
}

struct Link<'a> {
    id: SessionId,
    account: AccountId,
    family: Uuid,
    token: &'a SecretString,
}

async fn insert(domain: &Domain, records: &impl Records, actor: &Actor, link: Link<'_>) -> Result<(), Error> {
    let now = store::now();
    let (user_agent, address) = note_origin(&actor.arrival);
    let session = Session {
        id: link.id,
        account_id: link.account,
        family_id: link.family,
        kind: SessionKind::Refresh,
        token_hash: secret::hash(link.token),
        replaced_by: None,
        replaced_at: None,
        created_at: now,
        expires_at: now + domain.settings().auth.refresh_ttl,
        revoked_at: None,
        user_agent,
        address,
    };
    Ok(store::sessions::insert(records, &session).await?)
}

fn pair(domain: &Domain, account: AccountId, family: Uuid, refresh: &SecretString) -> Result<Tokens, Error> {
    let ttl = domain.settings().auth.access_ttl;
    let access_token =
        domain.signing_key().issue(account, SessionId::from_uuid(family), store::now(), ttl)?;
    Ok(Tokens { access_token, refresh_token: refresh.expose_secret().to_owned(), expires_in: ttl.as_secs() })
}

fn is_live(session: &Session, now: DateTime<Utc>) -> bool {
    session.revoked_at.is_none() && session.expires_at > now
}

fn new_id() -> SessionId {
    SessionId::from_uuid(Uuid::now_v7())
}
