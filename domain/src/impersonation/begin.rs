//! Beginning to look.

use std::time::Duration;

use api::{
    auth::{ImpersonationRequest, ImpersonationView},
    right,
};
use chrono::TimeDelta;
use garde::Validate as _;
use grid::{AccountId, SessionId};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::sessions::{Session, SessionKind};
use uuid::Uuid;

use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    moderation, secret,
    sessions::{kept, note_origin},
    tokens, users,
};

/// A look that was just begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The value of the dashboard's cookie. It is told this once.
    pub cookie: SecretString,
    /// How long it lasts.
    pub ttl: Duration,
    /// What REST answers.
    pub view: ImpersonationView,
}

/// Lets the actor look at the server as the account does, for a while.
///
/// # Errors
/// [`Error::BeyondReach`] if the account may do more than the actor; [`Error::Conflict`] for one's own account, and for one
/// that can't sign in itself.
pub async fn begin(
    domain: &Domain,
    actor: &Allowed<right::Impersonate>,
    account: AccountId,
    request: ImpersonationRequest,
) -> Result<Begun, Error> {
    request.validate()?;
    actor.in_person()?;
    if account == actor.account() {
        return Err(Error::Conflict("these are your own eyes".to_owned()));
    }
    let other = users::find(domain, account).await?;
    users::check_reach_to(domain, actor, &other).await?;
    if other.disabled_at.is_some() {
        return Err(Error::Conflict("a disabled account sees nothing".to_owned()));
    }
    match moderation::check_ban(domain.store(), account).await {
        Err(Error::Banned { .. }) => {
            return Err(Error::Conflict("a banned account sees nothing".to_owned()));
        }
        other => other?,
    }
    let (id, cookie) = (SessionId::from_uuid(Uuid::now_v7()), secret::random());
    let now = store::now();
    let ttl = Duration::from_secs(u64::from(request.minutes) * 60);
    let (user_agent, address) = note_origin(&actor.arrival);
    let session = Session {
        id,
        account_id: account,
        family_id: id.uuid(),
        kind: SessionKind::Cookie,
        token_hash: secret::hash(&cookie),
        replaced_by: None,
        replaced_at: None,
        created_at: now,
        expires_at: now + TimeDelta::minutes(i64::from(request.minutes)),
        revoked_at: None,
        user_agent,
        address,
        impersonator: Some(actor.account()),
    };
    let access_token = tokens::access_token(domain, account, id, ttl)?;
    let ends_at = session.expires_at;
    // Should the commit fail, nobody is told its secret.
    kept::put(domain, session).await?;
    let transaction = domain.store().begin().await?;
    let change = Change {
        action: "account.impersonate",
        subject: format!("account {account}"),
        before: Value::Null,
        after: json!({ "session": id, "ends_at": ends_at }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    let view = ImpersonationView { id, account_id: account, access_token, expires_in: ttl.as_secs() };
    Ok(Begun { cookie, ttl, view })
}
