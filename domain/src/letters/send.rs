//! Writing a letter and handing it over.

use api::job::LetterKind;
use chrono::TimeDelta;
use infra::mail::{Letter, SendError};
use secrecy::SecretString;
use store::{
    accounts::Account,
    mailed_tokens::{self, Mailed, Purpose},
};

use super::text;
use crate::{Domain, Error, secret};

/// How long a token works that shows an address to be one's own.
const VERIFICATION_LIFE: TimeDelta = TimeDelta::days(2);
/// How long a token works that lets another password be chosen.
const RESET_LIFE: TimeDelta = TimeDelta::minutes(30);

/// Whether there is nothing to tell any more.
pub(crate) const fn is_settled(letter: LetterKind, account: &Account) -> bool {
    let is_verified = account.email_verified_at.is_some();
    account.disabled_at.is_some() || matches!(letter, LetterKind::VerifyEmail) && is_verified
}

/// Writes that letter anew and sends it.
///
/// # Errors
/// The database failed. What the mailer says is the inner result.
pub(crate) async fn send(
    domain: &Domain,
    letter: LetterKind,
    account: &Account,
) -> Result<Result<(), SendError>, Error> {
    let place = &domain.settings().public_url;
    let (subject, text) = match letter {
        LetterKind::VerifyEmail => {
            text::verification(place, &token(domain, account, Purpose::VerifyEmail, VERIFICATION_LIFE).await?)
        }
        LetterKind::ResetPassword => {
            text::reset(place, &token(domain, account, Purpose::ResetPassword, RESET_LIFE).await?)
        }
        LetterKind::PasswordChanged => text::password_changed(place),
    };
    let written = Letter { to: account.email.clone(), subject: subject.to_owned(), text };
    let sent = domain.post().mailer().send(&written).await;
    if sent.is_err()
        && let Some(purpose) = purpose(letter)
    {
        // A server that refuses a letter may quote it, and what it says is shown to staff.
        mailed_tokens::void(domain.store(), account.id, purpose, store::now()).await?;
    }
    Ok(sent)
}

const fn purpose(letter: LetterKind) -> Option<Purpose> {
    match letter {
        LetterKind::VerifyEmail => Some(Purpose::VerifyEmail),
        LetterKind::ResetPassword => Some(Purpose::ResetPassword),
        LetterKind::PasswordChanged => None,
    }
}

async fn token(
    domain: &Domain,
    account: &Account,
    purpose: Purpose,
    life: TimeDelta,
) -> Result<SecretString, Error> {
    let (token, now) = (secret::random(), store::now());
    let to = Mailed { account_id: account.id, email: account.email.clone() };
    let transaction = domain.store().begin().await?;
    mailed_tokens::insert(&transaction, &secret::hash(&token), purpose, &to, now, now + life).await?;
    transaction.commit().await?;
    Ok(token)
}
