//! The sign-ins of an account.

use api::{
    List,
    session::{SessionUse, SessionView},
};
use chrono::{DateTime, Utc};
use grid::{AccountId, SessionId};
use store::sessions::{Session, SessionKind};

use super::kept;
use crate::{Actor, Domain, Error};

/// The actor's own sign-ins that are not over, the newest first.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn list(domain: &Domain, actor: &Actor) -> Result<List<SessionView>, Error> {
    let account = actor.signed_in()?;
    of_account(domain, account, actor.session).await
}

pub(crate) async fn of_account(
    domain: &Domain,
    account: AccountId,
    current: Option<SessionId>,
) -> Result<List<SessionView>, Error> {
    let live = kept::list_live(domain, account, store::now()).await?;
    Ok(List::whole(live.into_iter().map(|session| view(session, current)).collect()))
}

fn view(session: Session, current: Option<SessionId>) -> SessionView {
    let id = SessionId::from_uuid(session.family_id);
    SessionView {
        id,
        used_by: match session.kind {
            SessionKind::Cookie => SessionUse::Dashboard,
            SessionKind::Refresh => SessionUse::Client,
        },
        current: current == Some(id),
        impersonated: session.impersonator.is_some(),
        user_agent: session.user_agent,
        address: session.address,
        began_at: moment_of(id).unwrap_or(session.created_at),
        renewed_at: session.created_at,
        expires_at: session.expires_at,
    }
}

/// A sign-in's id tells when it began: it is a UUIDv7.
fn moment_of(id: SessionId) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = id.uuid().get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}
