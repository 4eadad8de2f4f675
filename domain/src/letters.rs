//! The letters that accounts get. What they say stands here; who carries them is the mailer's.

use infra::mail::Letter;
use secrecy::{ExposeSecret as _, SecretString};
use store::accounts::Account;

use crate::{Domain, Error};

/// Sends the token by which another password can be chosen.
pub(crate) async fn send_reset(
    domain: &Domain,
    account: &Account,
    token: &SecretString,
) -> Result<(), Error> {
    let text = format!(
        "Somebody, hopefully you, asked for another password for this account.\n\n\
         To choose one, open\n\n\
         {}/reset-password?token={}\n\n\
         It works once, for half an hour. If it was not you, do nothing: your password stays.",
        domain.settings().public_url,
        token.expose_secret(),
    );
    send(domain, account, "Choose another password", text).await
}

/// Sends the token by which an address is verified.
pub(crate) async fn send_verification(
    domain: &Domain,
    account: &Account,
    token: &SecretString,
) -> Result<(), Error> {
    let text = format!(
        "Welcome. To show that this address is yours, open\n\n\
         {}/verify-email?token={}\n\n\
         It works once, for two days. If you have no account here, do nothing.",
        domain.settings().public_url,
        token.expose_secret(),
    );
    send(domain, account, "Verify your address", text).await
}

/// Tells the owner that the password was changed, in case it was not them. Nobody waits for this letter.
pub(crate) fn tell_of_new_password(domain: &Domain, account: &Account) {
    let (domain, account) = (domain.clone(), account.clone());
    tokio::spawn(async move {
        let text = format!(
            "The password of your account was changed, and all its other sign-ins were ended.\n\n\
             If it was not you, choose another one at once: {}/forgot-password",
            domain.settings().public_url
        );
        if let Err(error) = send(&domain, &account, "Your password was changed", text).await {
            tracing::warn!(account_id = %account.id, %error, "a letter could not be sent");
        }
    });
}

async fn send(domain: &Domain, account: &Account, subject: &str, text: String) -> Result<(), Error> {
    let letter = Letter { to: account.email.clone(), subject: subject.to_owned(), text };
    Ok(domain.mailer().send(&letter).await?)
}
