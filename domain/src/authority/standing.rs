//! What an account may do by a certain sign-in, now.

use std::sync::Arc;

use api::{Permission, PermissionSet, Role, role::Place};
use chrono::{DateTime, Utc};
use grid::{AccountId, SessionId};
use store::sessions::Session;
use uuid::Uuid;

use crate::{
    Actor, Allowed, Arrival, Domain, Error, accounts, actor::Local, api_keys, grants, moderation, sessions,
};

/// What a standing is found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum StandingKey {
    /// The family of a token.
    Family(Uuid),
    /// The hash of a cookie.
    Cookie(String),
    /// The hash of a program's key.
    ApiKey(String),
}

/// What an account may do by a certain sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) account: AccountId,
    pub(crate) session: SessionId,
    pub(crate) role: Role,
    /// What its own role allows.
    pub(crate) permissions: PermissionSet,
    /// What it was given beside.
    pub(crate) given: Arc<[Given]>,
    pub(crate) impersonator: Option<AccountId>,
}

/// What an account was given beside its own role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) permissions: PermissionSet,
    /// Everywhere, if `None`.
    pub(crate) place: Option<Place>,
    pub(crate) ends_at: Option<DateTime<Utc>>,
}

impl Standing {
    /// Somebody who asks at `now`. What was given until an earlier moment is gone, however long the standing is kept.
    pub(crate) fn actor_at(&self, arrival: Arrival, now: DateTime<Utc>) -> Actor {
        let in_force = || self.given.iter().filter(move |given| given.ends_at.is_none_or(|end| end > now));
        let permissions = in_force()
            .filter(|given| given.place.is_none())
            .fold(self.permissions, |all, given| all.with(given.permissions));
        let local = in_force().filter_map(|given| {
            given.place.map(|place| Local { place, permissions: given.permissions, ends_at: given.ends_at })
        });
        Actor {
            account: Some(self.account),
            role: Some(self.role),
            permissions,
            // The usual case allocates nothing.
            local: if self.given.is_empty() { Arc::default() } else { local.collect() },
            outdated_at: in_force().filter_map(|given| given.ends_at).min(),
            session: Some(self.session),
            impersonator: self.impersonator,
            arrival,
        }
    }

    pub(crate) fn actor(&self, arrival: Arrival) -> Actor {
        self.actor_at(arrival, store::now())
    }

    /// The same with nothing but what lies within `bounds`.
    pub(crate) fn within(self, bounds: PermissionSet) -> Self {
        let given =
            self.given.iter().map(|given| Given { permissions: given.permissions.within(bounds), ..*given });
        Self { permissions: self.permissions.within(bounds), given: given.collect(), ..self }
    }

    /// Whether a change of `account` may concern it.
    pub(super) fn concerns(&self, account: AccountId) -> bool {
        self.account == account || self.impersonator == Some(account)
    }
}

/// The standing by the sign-in that a family of sessions belongs to.
///
/// # Errors
/// [`Error::Unauthenticated`] if the sign-in is over, or the account is gone or disabled.
pub(crate) async fn of_family(domain: &Domain, family: Uuid) -> Result<Standing, Error> {
    let key = StandingKey::Family(family);
    if let Some(standing) = domain.authority().standings.get(&key).await {
        return Ok(standing);
    }
    let now = store::now();
    let session = sessions::kept::find_live_of_family(domain, family, now).await?;
    let session = session.ok_or(Error::Unauthenticated)?;
    let standing = load(domain, &session).await?;
    domain.authority().standings.insert(key, standing.clone()).await;
    Ok(standing)
}

/// The standing by the session whose cookie has that hash. Use prolongs the session.
///
/// # Errors
/// As of [`of_family`].
pub(crate) async fn of_session(domain: &Domain, cookie_hash: String) -> Result<Standing, Error> {
    let key = StandingKey::Cookie(cookie_hash);
    if let Some(standing) = domain.authority().standings.get(&key).await {
        return Ok(standing);
    }
    let StandingKey::Cookie(cookie_hash) = &key else { return Err(Error::Unauthenticated) };
    let now = store::now();
    let session = sessions::find_by_cookie(domain, cookie_hash, now).await?;
    let standing = load(domain, &session).await?;
    domain.authority().standings.insert(key, standing.clone()).await;
    Ok(standing)
}

/// The actor as of now: by the same sign-in, with the rights that the account has by now.
///
/// # Errors
/// As of [`of_family`]; [`Error::Forbidden`] if the right is gone.
pub async fn recheck<R: api::Right>(domain: &Domain, actor: &Allowed<R>) -> Result<Allowed<R>, Error> {
    let family = actor.session.ok_or(Error::Unauthenticated)?;
    of_family(domain, family.uuid()).await?.actor(actor.arrival.clone()).allow()
}

/// The standing by the key whose secret has that hash.
///
/// # Errors
/// [`Error::Unauthenticated`] if the key is unknown or over, or the account is gone or disabled.
pub(crate) async fn of_key(domain: &Domain, hash: String) -> Result<Standing, Error> {
    let key = StandingKey::ApiKey(hash);
    if let Some(standing) = domain.authority().standings.get(&key).await {
        return Ok(standing);
    }
    let StandingKey::ApiKey(hash) = &key else { return Err(Error::Unauthenticated) };
    let standing = api_keys::load(domain, hash).await?;
    domain.authority().standings.insert(key, standing.clone()).await;
    Ok(standing)
}

async fn load(domain: &Domain, session: &Session) -> Result<Standing, Error> {
    let id = SessionId::from_uuid(session.family_id);
    let standing = of_account(domain, session.account_id, id).await?;
    let Some(impersonator) = session.impersonator else { return Ok(standing) };
    // Whoever may not look any more, or not at this account, is out; and nobody sees more than by their own eyes.
    let own = of_account(domain, impersonator, id).await.map_err(|error| match error {
        Error::Banned { .. } => Error::Unauthenticated,
        other => other,
    })?;
    let own = own.actor(Arrival::within());
    if !own.permissions.contains(Permission::Impersonate) {
        return Err(Error::Unauthenticated);
    }
    let bounds =
        PermissionSet::READING.within(own.permissions.with(PermissionSet::of(&[Permission::PlayGame])));
    Ok(Standing { impersonator: Some(impersonator), ..standing.within(bounds) })
}

/// What the account may do, by that sign-in or key.
///
/// # Errors
/// [`Error::Unauthenticated`] if the account is gone or disabled; [`Error::Banned`].
pub(crate) async fn of_account(
    domain: &Domain,
    id: AccountId,
    session: SessionId,
) -> Result<Standing, Error> {
    let account = store::accounts::find(domain.store(), id)
        .await?
        .filter(|account| account.disabled_at.is_none())
        .ok_or(Error::Unauthenticated)?;
    moderation::check_ban(domain.store(), id).await?;
    let role = accounts::role_of(&account)?;
    let given: Arc<[Given]> = grants::in_force(domain, id).await?.into();
    let mut standing =
        Standing { account: id, session, role, permissions: role.permissions(), given, impersonator: None };
    let is_staff = standing.actor(Arrival::within()).may_somewhere(Permission::EnterDashboard);
    if accounts::needs_second_factor(domain, is_staff)
        && !accounts::has_second_factor(domain, &account).await?
    {
        standing = standing.within(PermissionSet::NONE);
    }
    Ok(standing)
}
