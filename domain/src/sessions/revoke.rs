//! Ending sign-ins that are not this one.

use grid::SessionId;
use serde_json::json;

use super::kept;
use crate::{Actor, Domain, Error, audit, authority};

/// Ends one of the actor's own sign-ins.
///
/// # Errors
/// [`Error::NotFound`] if it is over already, or somebody else's.
pub async fn revoke(domain: &Domain, actor: &Actor, session: SessionId) -> Result<(), Error> {
    let account = actor.signed_in()?;
    let now = store::now();
    kept::find_live_of_family(domain, session.uuid(), now)
        .await?
        .filter(|found| found.account_id == account)
        .ok_or(Error::NotFound("sign-in"))?;
    kept::end_family(domain, session.uuid(), now).await?;
    let transaction = domain.store().begin().await?;
    let subject = format!("account {account}");
    audit::note(&transaction, actor, "account.end_session", subject, json!({ "session": session })).await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    Ok(())
}

/// Ends all of the actor's sign-ins but this one.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn revoke_others(domain: &Domain, actor: &Actor) -> Result<(), Error> {
    let account = actor.signed_in()?;
    let this_one = actor.session.map(SessionId::uuid);
    let ended = kept::end_of_account(domain, account, this_one, store::now()).await?;
    let transaction = domain.store().begin().await?;
    let subject = format!("account {account}");
    audit::note(&transaction, actor, "account.end_other_sessions", subject, json!({ "ended": ended }))
        .await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    Ok(())
}
