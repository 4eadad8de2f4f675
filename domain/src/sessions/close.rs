//! Signing out of the dashboard.

use crate::{Actor, Domain, Error};

/// Ends the actor's session. A visitor has none, which is no error.
///
/// # Errors
/// The database failed.
pub async fn close(domain: &Domain, actor: &Actor) -> Result<(), Error> {
    if let Some(session) = actor.session {
        store::sessions::revoke_family(domain.store(), session.uuid(), store::now()).await?;
    }
    Ok(())
}
