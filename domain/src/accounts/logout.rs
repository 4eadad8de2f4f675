//! Ending a client's sign-in.

use api::auth::RefreshRequest;
use garde::Validate as _;
use secrecy::SecretString;
use store::sessions::SessionKind;

use crate::{Actor, Domain, Error, authority, secret, sessions::kept};

/// Ends the sign-in that the refresh token belongs to: no token of its family buys another one. A token that is
/// unknown or over already is no error, since the wish is fulfilled.
///
/// # Errors
/// The request is not valid, or the database failed.
pub async fn logout(domain: &Domain, _actor: &Actor, request: RefreshRequest) -> Result<(), Error> {
    request.validate()?;
    let hash = secret::hash(&SecretString::from(request.refresh_token));
    let session = kept::find_by_hash(domain, &hash).await?;
    if let Some(session) = session.filter(|session| session.kind == SessionKind::Refresh) {
        kept::end_family(domain, session.family_id, store::now()).await?;
        authority::announce(domain, session.account_id).await;
    }
    Ok(())
}
