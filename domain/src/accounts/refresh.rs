//! Buying the next pair of tokens.

use api::auth::{RefreshRequest, Tokens};
use garde::Validate as _;
use secrecy::SecretString;

use crate::{Actor, Domain, Error, tokens};

/// Exchanges the newest refresh token for the next pair. A token that was exchanged before ends the whole sign-in:
/// either its thief or its owner has just shown up, and nobody can tell which.
///
/// # Errors
/// [`Error::Unauthenticated`] if the token is unknown, over or used.
pub async fn refresh(domain: &Domain, actor: &Actor, request: RefreshRequest) -> Result<Tokens, Error> {
    request.validate()?;
    tokens::continue_family(domain, actor, &SecretString::from(request.refresh_token)).await
}
