//! Looking at the server through another account's eyes, for support.
//!
//! It is a sign-in of its own that belongs to the account and names the staff who looks. It reads and changes nothing: what
//! is left of the account's permissions is what only [reads](api::PermissionSet::READING), and not more than the staff's
//! own; and the server refuses every request that could change something. It ends by itself, with the staff's own
//! permission to look, and with all of the staff's sign-ins.

mod begin;
mod end;

pub use begin::{Begun, begin};
pub use end::end;

use api::auth::Impersonator;

use crate::{Actor, Domain, Error, sessions::kept};

/// Who looks through the actor's eyes, for the banner that says so.
pub(crate) async fn told(domain: &Domain, actor: &Actor) -> Result<Option<Impersonator>, Error> {
    let (Some(id), Some(session)) = (actor.impersonator, actor.session) else { return Ok(None) };
    let staff = store::accounts::find(domain.store(), id).await?.ok_or(Error::Unauthenticated)?;
    let session = kept::find(domain, session).await?.ok_or(Error::Unauthenticated)?;
    Ok(Some(Impersonator { id, display_name: staff.display_name, ends_at: session.expires_at }))
}
