//! Being oneself again.

use grid::SessionId;
use serde_json::json;

use crate::{Actor, Domain, Error, audit, authority, sessions::kept};

/// Ends the look that the actor's request belongs to.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor, [`Error::Conflict`] for somebody who is themselves.
pub async fn end(domain: &Domain, actor: &Actor) -> Result<(), Error> {
    let account = actor.signed_in()?;
    let (Some(impersonator), Some(session)) = (actor.impersonator, actor.session) else {
        return Err(Error::Conflict("you are yourself".to_owned()));
    };
    kept::end_family(domain, SessionId::uuid(session), store::now()).await?;
    let transaction = domain.store().begin().await?;
    let staff = Actor { account: Some(impersonator), ..actor.clone() };
    let details = json!({ "session": session });
    audit::note(&transaction, &staff, "account.end_impersonation", format!("account {account}"), details)
        .await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    Ok(())
}
