//! Somebody's sign-ins, as staff look after them.

use api::{List, right, session::SessionView, user::Reason};
use garde::Validate as _;
use grid::{AccountId, SessionId};
use serde_json::{Value, json};

use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority,
    sessions::{self, kept},
};

/// The account's sign-ins that are not over, the newest first.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn list_sessions(
    domain: &Domain,
    actor: &Allowed<right::ViewUsers>,
    id: AccountId,
) -> Result<List<SessionView>, Error> {
    super::find(domain, id).await?;
    sessions::of_account(domain, id, actor.session).await
}

/// Ends all sign-ins of the account, in the dashboard, of clients and in the game.
///
/// # Errors
/// [`Error::BeyondReach`] if its role allows more than the actor's.
pub async fn end_sessions(
    domain: &Domain,
    actor: &Allowed<right::ManageUsers>,
    id: AccountId,
    request: Reason,
) -> Result<(), Error> {
    request.validate()?;
    let account = super::find(domain, id).await?;
    super::check_reach_to(domain, actor, &account).await?;
    let now = store::now();
    let ended = kept::end_of_account(domain, id, None, now).await?;
    let transaction = domain.store().begin().await?;
    super::end_play(&transaction, id, now).await?;
    let change = Change {
        action: "account.end_sessions",
        subject: format!("account {id}"),
        before: json!({ "sessions": ended }),
        after: Value::Null,
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, id).await;
    Ok(())
}

/// Ends one sign-in of the account.
///
/// # Errors
/// [`Error::BeyondReach`] if its role allows more than the actor's; [`Error::NotFound`] if the sign-in is over already, or
/// somebody else's.
pub async fn end_session(
    domain: &Domain,
    actor: &Allowed<right::ManageUsers>,
    id: AccountId,
    session: SessionId,
    request: Reason,
) -> Result<(), Error> {
    request.validate()?;
    let account = super::find(domain, id).await?;
    super::check_reach_to(domain, actor, &account).await?;
    let now = store::now();
    kept::find_live_of_family(domain, session.uuid(), now)
        .await?
        .filter(|found| found.account_id == id)
        .ok_or(Error::NotFound("sign-in"))?;
    kept::end_family(domain, session.uuid(), now).await?;
    let transaction = domain.store().begin().await?;
    let change = Change {
        action: "account.end_session",
        subject: format!("account {id}"),
        before: json!({ "session": session }),
        after: Value::Null,
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, id).await;
    Ok(())
}
