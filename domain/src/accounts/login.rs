//! Signing in with e-mail and password.

use api::auth::{LoginRequest, Tokens};
use garde::Validate as _;
use secrecy::SecretString;
use serde_json::json;
use store::accounts::Account;

use super::{fold_email, password};
use crate::{Actor, Domain, Error, audit, tokens};

/// Signs a client in: an access token, and a refresh token that starts a family of its own.
///
/// # Errors
/// [`Error::WrongCredentials`], the same for an unknown account; [`Error::RateLimited`] after too many tries.
pub async fn login(domain: &Domain, actor: &Actor, request: LoginRequest) -> Result<Tokens, Error> {
    let account = check_credentials(domain, actor, request).await?;
    tokens::begin_family(domain, actor, &account).await
}

/// The account that the credentials belong to; counts, measures and notes the try.
pub(crate) async fn check_credentials(
    domain: &Domain,
    actor: &Actor,
    request: LoginRequest,
) -> Result<Account, Error> {
    request.validate()?;
    let email = fold_email(&request.email);
    let desk = domain.login_desk();
    let visit = desk.admit(actor, &email)?;
    let account = store::accounts::find_by_email(domain.store(), &email).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let is_right = password::verify(SecretString::from(request.password), hash).await?;
    match account {
        Some(account) if is_right && account.disabled_at.is_none() => {
            desk.check(&visit)?;
            metrics::counter!("realmkeep_logins_total", "outcome" => "succeeded").increment(1);
            note_success(domain, actor, &account).await?;
            Ok(account)
        }
        _ => {
            desk.note_failure(&visit);
            metrics::counter!("realmkeep_logins_total", "outcome" => "refused").increment(1);
            Err(Error::WrongCredentials)
        }
    }
}

async fn note_success(domain: &Domain, actor: &Actor, account: &Account) -> Result<(), Error> {
    let signed_in = Actor { account: Some(account.id), ..actor.clone() };
    let address = actor.arrival.address.map(|address| address.to_string());
    let transaction = domain.store().begin().await?;
    store::accounts::note_login(&transaction, account.id, store::now()).await?;
    let subject = format!("account {}", account.id);
    audit::note(&transaction, &signed_in, "account.sign_in", subject, json!({ "address": address })).await?;
    Ok(transaction.commit().await?)
}
