//! Showing that an address is one's own.

use api::{credential::VerifyEmailRequest, job::LetterKind};
use garde::Validate as _;
use secrecy::SecretString;
use serde_json::json;
use store::mailed_tokens::Purpose;

use crate::{Actor, Domain, Error, audit, letters, secret};

/// Sends the actor a letter to verify their address with.
///
/// # Errors
/// [`Error::Conflict`] if it is verified already; [`Error::RateLimited`] for whoever asks too often.
pub async fn send_verification(domain: &Domain, actor: &Actor) -> Result<(), Error> {
    let account = super::own(domain, actor).await?;
    if account.email_verified_at.is_some() {
        return Err(Error::Conflict("the address is verified already".to_owned()));
    }
    domain.login_desk().admit_letter(actor).await?;
    letters::ask(domain, LetterKind::VerifyEmail, account.id).await
}

/// Notes that the address is verified that the letter went to.
///
/// # Errors
/// [`Error::InvalidField`] if the token is unknown, used or too old.
pub async fn verify_email(domain: &Domain, actor: &Actor, request: VerifyEmailRequest) -> Result<(), Error> {
    request.validate()?;
    domain.login_desk().admit_letter(actor).await?;
    let token = secret::hash(&SecretString::from(request.token));
    let now = store::now();
    let transaction = domain.store().begin().await?;
    let mailed = store::mailed_tokens::consume(&transaction, &token, Purpose::VerifyEmail, now).await?;
    let refused = || Error::InvalidField {
        field: "token",
        message: "is unknown, used or too old; ask for another letter".to_owned(),
    };
    let mailed = mailed.ok_or_else(refused)?;
    if !store::accounts::verify_email(&transaction, mailed.account_id, &mailed.email, now).await? {
        return Err(refused());
    }
    let owner = Actor { account: Some(mailed.account_id), ..actor.clone() };
    let subject = format!("account {}", mailed.account_id);
    audit::note(&transaction, &owner, "account.verify_email", subject, json!({})).await?;
    Ok(transaction.commit().await?)
}
