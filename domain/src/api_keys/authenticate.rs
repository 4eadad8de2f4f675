//! From a key to an actor.

use api::PermissionSet;
use chrono::TimeDelta;
use grid::SessionId;
use secrecy::{ExposeSecret as _, SecretString};

use super::{PREFIX, scopes};
use crate::{
    Actor, Arrival, Domain, Error,
    authority::{self, Standing},
    secret,
};

/// How exactly the last use is noted: a program asks many times a second.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Whether a bearer's text is a key, and not an access token.
#[must_use]
pub fn is_key(bearer: &SecretString) -> bool {
    bearer.expose_secret().starts_with(PREFIX)
}

/// The actor that a key stands for.
///
/// # Errors
/// [`Error::Unauthenticated`] if the key is unknown, revoked or over, or its account is gone, disabled or banned.
pub async fn authenticate(domain: &Domain, bearer: &SecretString, arrival: Arrival) -> Result<Actor, Error> {
    Ok(authority::of_key(domain, secret::hash(bearer)).await?.actor(arrival))
}

/// What the key with that hash may do now.
pub(crate) async fn load(domain: &Domain, hash: &str) -> Result<Standing, Error> {
    let now = store::now();
    let key = store::api_keys::find_by_hash(domain.store(), hash)
        .await?
        .filter(|key| key.revoked_at.is_none() && key.expires_at.is_none_or(|end| end > now))
        .ok_or(Error::Unauthenticated)?;
    if key.last_used_at.is_none_or(|at| now - at >= NOTED_EVERY) {
        store::api_keys::note_use(domain.store(), key.id, now).await?;
    }
    let standing = authority::of_account(domain, key.account_id, SessionId::from_uuid(key.id)).await?;
    Ok(standing.within(scopes(&key).collect::<PermissionSet>()))
}
