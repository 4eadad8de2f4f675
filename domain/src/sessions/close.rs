//! Signing out of the dashboard.

use super::kept;
use crate::{Actor, Domain, Error, authority};

/// Ends the actor's session. A visitor has none, which is no error.
///
/// # Errors
/// The database failed.
pub async fn close(domain: &Domain, actor: &Actor) -> Result<(), Error> {
    if let Some(session) = actor.session {
        kept::end_family(domain, session.uuid(), store::now()).await?;
        if let Some(account) = actor.account {
            authority::announce(domain, account).await;
        }
    }
    Ok(())
}
