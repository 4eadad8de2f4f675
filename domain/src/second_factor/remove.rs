//! Doing without a second factor again.

use api::credential::RemoveTotpRequest;
use garde::Validate as _;
use secrecy::SecretString;
use serde_json::json;

use crate::{Actor, Domain, Error, accounts, audit, authority};

/// Removes the actor's second factor and its recovery codes.
///
/// # Errors
/// [`Error::WrongPassword`] or [`Error::WrongCode`] if one is wrong.
pub async fn remove(domain: &Domain, actor: &Actor, request: RemoveTotpRequest) -> Result<(), Error> {
    actor.signed_in()?;
    request.validate()?;
    let account = accounts::confirm_password(domain, actor, SecretString::from(request.password)).await?;
    domain.login_desk().admit_code(account.id).await?;
    if !super::check(domain, &account, &request.code).await? {
        return Err(Error::WrongCode);
    }
    let transaction = domain.store().begin().await?;
    store::second_factors::remove(&transaction, account.id).await?;
    let subject = format!("account {}", account.id);
    audit::note(&transaction, actor, "account.remove_second_factor", subject, json!({})).await?;
    transaction.commit().await?;
    authority::announce(domain, account.id).await;
    Ok(())
}
