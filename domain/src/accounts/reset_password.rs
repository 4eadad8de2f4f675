//! Getting back in when the password is forgotten.

use api::{
    credential::{ForgottenPasswordRequest, ResetPasswordRequest},
    job::LetterKind,
};
use garde::Validate as _;
use secrecy::SecretString;
use serde_json::json;
use store::mailed_tokens::Purpose;

use super::{change_password::replace, fold_email, password};
use crate::{Actor, Domain, Error, audit, authority, jobs, letters, secret, sessions::kept};

/// Sends a letter with a token, if there is such an account. Whether there is one, nobody learns: neither from the answer
/// nor from the time that it takes.
///
/// # Errors
/// [`Error::RateLimited`] for whoever asks too often.
pub async fn forget_password(
    domain: &Domain,
    actor: &Actor,
    request: ForgottenPasswordRequest,
) -> Result<(), Error> {
    request.validate()?;
    domain.login_desk().admit_letter(actor).await?;
    let (domain, email) = (domain.clone(), fold_email(&request.email));
    tokio::spawn(async move {
        if let Err(error) = ask(&domain, &email).await {
            tracing::error!(%error, "a letter about a forgotten password could not be asked for");
        }
    });
    Ok(())
}

async fn ask(domain: &Domain, email: &str) -> Result<(), Error> {
    let account = store::accounts::find_by_email(domain.store(), email).await?;
    let Some(account) = account.filter(|account| account.disabled_at.is_none()) else { return Ok(()) };
    letters::ask(domain, LetterKind::ResetPassword, account.id).await
}

/// Gives the account that the letter was for another password, and ends all its sign-ins. A second factor stays: a letter
/// is no reason to do without.
///
/// # Errors
/// [`Error::InvalidField`] if the token is unknown, used or too old, or the password is one that everybody tries first.
pub async fn reset_password(
    domain: &Domain,
    actor: &Actor,
    request: ResetPasswordRequest,
) -> Result<(), Error> {
    request.validate()?;
    password::check_choice("new_password", &request.new_password, "", "")?;
    domain.login_desk().admit_letter(actor).await?;
    let hash = password::hash(SecretString::from(request.new_password)).await?;
    let token = secret::hash(&SecretString::from(request.token));
    // Whose sign-ins are to end is not known yet: better to find out now that they could not be ended.
    domain.sessions().probe().await?;
    let transaction = domain.store().begin().await?;
    let mailed =
        store::mailed_tokens::consume(&transaction, &token, Purpose::ResetPassword, store::now()).await?;
    let mailed = mailed.ok_or_else(|| Error::InvalidField {
        field: "token",
        message: "is unknown, used or too old; ask for another letter".to_owned(),
    })?;
    replace(&transaction, mailed.account_id, &hash).await?;
    // Whoever reads the letters of an address has shown that it is theirs.
    store::accounts::verify_email(&transaction, mailed.account_id, &mailed.email, store::now()).await?;
    let owner = Actor { account: Some(mailed.account_id), ..actor.clone() };
    let subject = format!("account {}", mailed.account_id);
    audit::note(&transaction, &owner, "account.reset_password", subject, json!({})).await?;
    let letter = letters::ask_within(&transaction, LetterKind::PasswordChanged, mailed.account_id).await?;
    transaction.commit().await?;
    kept::end_of_account(domain, mailed.account_id, None, store::now()).await?;
    authority::announce(domain, mailed.account_id).await;
    if let Some(letter) = letter {
        jobs::offer(domain, &letter).await;
    }
    Ok(())
}
