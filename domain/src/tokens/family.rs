//! Families of refresh tokens.

use std::time::Duration;

use api::auth::Tokens;
use chrono::{DateTime, TimeDelta, Utc};
use grid::{AccountId, SessionId};
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    accounts::Account,
    sessions::{Session, SessionKind},
};
use uuid::Uuid;

use crate::{
    Actor, Domain, Error, authority, moderation, secret,
    sessions::{kept, note_origin},
};

/// How long after its use a refresh token still gives the same answer, for a client whose reply got lost.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// What the successors of refresh tokens are computed with.
const SUCCESSION: &str = "realmkeep 2026 refresh token succession";

/// The first pair of a new sign-in.
pub(crate) async fn begin_family(domain: &Domain, actor: &Actor, account: &Account) -> Result<Tokens, Error> {
    let (id, token) = (new_id(), secret::random());
    let link = Link { id, account: account.id, family: id.uuid(), token: &token };
    kept::put(domain, session_of(domain, actor, &link)).await?;
    pair(domain, account.id, id.uuid(), &token)
}

/// The next pair for a refresh token that is good, or was a moment ago.
pub(crate) async fn continue_family(
    domain: &Domain,
    actor: &Actor,
    token: &SecretString,
) -> Result<Tokens, Error> {
    let now = store::now();
    let current = kept::find_by_hash(domain, &secret::hash(token))
        .await?
        .filter(|session| session.kind == SessionKind::Refresh && is_live(session, now))
        .ok_or(Error::Unauthenticated)?;
    let account = store::accounts::find(domain.store(), current.account_id).await?;
    if account.is_none_or(|account| account.disabled_at.is_some()) {
        return Err(Error::Unauthenticated);
    }
    let next_token = secret::successor(&domain.keys().derive(SUCCESSION), token);
    let next =
        Link { id: new_id(), account: current.account_id, family: current.family_id, token: &next_token };
    moderation::check_ban(domain.store(), current.account_id).await?;
    if !kept::replace(domain, current.id, session_of(domain, actor, &next), now).await? {
        check_grace(domain, current.id, now).await?;
    }
    pair(domain, current.account_id, current.family_id, &next_token)
}

/// Somebody used the token before: lets a repetition within the grace pass, and ends the family otherwise.
async fn check_grace(domain: &Domain, used: SessionId, now: DateTime<Utc>) -> Result<(), Error> {
    let used = kept::find(domain, used).await?.ok_or(Error::Unauthenticated)?;
    let successor = match used.replaced_by {
        Some(id) => kept::find(domain, id).await?,
        None => None,
    };
    let is_untouched = successor.is_some_and(|next| next.replaced_by.is_none() && is_live(&next, now));
    if is_untouched && used.replaced_at.is_some_and(|at| now - at <= GRACE) {
        return Ok(());
    }
    let ended = kept::end_family(domain, used.family_id, now).await?;
    authority::announce(domain, used.account_id).await;
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

fn session_of(domain: &Domain, actor: &Actor, link: &Link<'_>) -> Session {
    let now = store::now();
    let (user_agent, address) = note_origin(&actor.arrival);
    Session {
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
        impersonator: None,
    }
}

/// An access token for a sign-in.
pub(crate) fn access_token(
    domain: &Domain,
    account: AccountId,
    family: SessionId,
    ttl: Duration,
) -> Result<String, Error> {
    let now = store::now();
    domain.keys().signer(now).issue(account, family, now, ttl)
}

fn pair(domain: &Domain, account: AccountId, family: Uuid, refresh: &SecretString) -> Result<Tokens, Error> {
    let ttl = domain.settings().auth.access_ttl;
    let access_token = access_token(domain, account, SessionId::from_uuid(family), ttl)?;
    Ok(Tokens { access_token, refresh_token: refresh.expose_secret().to_owned(), expires_in: ttl.as_secs() })
}

fn is_live(session: &Session, now: DateTime<Utc>) -> bool {
    session.revoked_at.is_none() && session.expires_at > now
}

fn new_id() -> SessionId {
    SessionId::from_uuid(Uuid::now_v7())
}
