//! Signing in with e-mail, password and, where there is one, second factor.

use api::auth::{LoginRequest, Tokens};
use garde::Validate as _;
use secrecy::SecretString;
use serde_json::json;
use store::{accounts::Account, events::Happening};

use super::{desk::Visit, fold_email, password};
use crate::{Actor, Domain, Error, audit, events, moderation, second_factor, tokens};

/// Signs a client in: an access token, and a refresh token that starts a family of its own.
///
/// # Errors
/// [`Error::WrongCredentials`], the same for an unknown account; [`Error::CodeRequired`] if the password is right and the
/// account has a second factor; [`Error::RateLimited`] after too many tries.
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
    let visit = domain.login_desk().admit(actor, &email).await?;
    let account = store::accounts::find_by_email(domain.store(), &email).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let is_right = password::verify(SecretString::from(request.password), hash).await?;
    match account.filter(|account| is_right && account.disabled_at.is_none()) {
        Some(account) => {
            domain.login_desk().check(&visit).await?;
            moderation::check_ban(domain.store(), account.id).await?;
            check_second_factor(domain, &visit, &account, request.code.as_deref()).await?;
            metrics::counter!("realmkeep_logins_total", "outcome" => "succeeded").increment(1);
            note_success(domain, actor, &account).await?;
            Ok(account)
        }
        None => refuse(domain, &visit, Error::WrongCredentials).await,
    }
}

async fn check_second_factor(
    domain: &Domain,
    visit: &Visit,
    account: &Account,
    code: Option<&str>,
) -> Result<(), Error> {
    let factor = store::second_factors::find(domain.store(), account.id).await?;
    if factor.is_none_or(|factor| factor.confirmed_at.is_none()) {
        return Ok(());
    }
    let Some(code) = code else { return Err(Error::CodeRequired) };
    domain.login_desk().admit_code(account.id).await?;
    if second_factor::check(domain, account, code).await? {
        Ok(())
    } else {
        refuse(domain, visit, Error::WrongCode).await
    }
}

async fn refuse<T>(domain: &Domain, visit: &Visit, refusal: Error) -> Result<T, Error> {
    domain.login_desk().note_failure(visit).await?;
    metrics::counter!("realmkeep_logins_total", "outcome" => "refused").increment(1);
    Err(refusal)
}

async fn note_success(domain: &Domain, actor: &Actor, account: &Account) -> Result<(), Error> {
    let signed_in = Actor { account: Some(account.id), ..actor.clone() };
    let transaction = domain.store().begin().await?;
    store::accounts::note_login(&transaction, account.id, store::now()).await?;
    let subject = format!("account {}", account.id);
    audit::note(&transaction, &signed_in, "account.sign_in", subject, json!({})).await?;
    events::tell(&transaction, &signed_in, &Happening::AccountSignedIn { account_id: account.id }).await?;
    Ok(transaction.commit().await?)
}
