//! Signing in to the dashboard.

use std::time::Duration;

use api::{
    Permission,
    auth::{AccountView, LoginRequest},
};
use grid::SessionId;
use secrecy::SecretString;
use store::sessions::{Session, SessionKind};
use uuid::Uuid;

use super::{kept, note_origin};
use crate::{Actor, Domain, Error, accounts, authority, grants, secret};

/// A session that was just opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The session.
    pub id: SessionId,
    /// The cookie's value. It is told this once.
    pub token: SecretString,
    /// How long the session lasts without use.
    pub ttl: Duration,
    /// Who signed in.
    pub account: AccountView,
}

/// Signs in to the dashboard, which is for staff.
///
/// # Errors
/// [`Error::WrongCredentials`], the same for an unknown account; [`Error::Forbidden`] for a player;
/// [`Error::RateLimited`] after too many tries.
pub async fn open(domain: &Domain, actor: &Actor, request: LoginRequest) -> Result<Opened, Error> {
    let account = accounts::check_credentials(domain, actor, request).await?;
    let (id, token) = (SessionId::from_uuid(Uuid::now_v7()), secret::random());
    let owner = authority::of_account(domain, account.id, id).await?.actor(actor.arrival.clone());
    // Who has yet to set up a second factor may do nothing but that, and gets in for it.
    let is_staff = accounts::role_of(&account)?.allows(Permission::EnterDashboard)
        || grants::may_enter(domain, account.id).await?;
    if !is_staff {
        return Err(Error::Forbidden);
    }
    let view = accounts::view(domain, &account, &owner).await?;
    let (now, ttl) = (store::now(), domain.settings().auth.session_ttl);
    let (user_agent, address) = note_origin(&actor.arrival);
    let session = Session {
        id,
        account_id: account.id,
        family_id: id.uuid(),
        kind: SessionKind::Cookie,
        token_hash: secret::hash(&token),
        replaced_by: None,
        replaced_at: None,
        created_at: now,
        expires_at: now + ttl,
        revoked_at: None,
        user_agent,
        address,
        impersonator: None,
    };
    kept::put(domain, session).await?;
    Ok(Opened { id, token, ttl, account: view })
}
