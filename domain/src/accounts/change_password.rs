//! Choosing another password.

use api::{credential::ChangePasswordRequest, job::LetterKind};
use garde::Validate as _;
use grid::{AccountId, SessionId};
use secrecy::SecretString;
use serde_json::json;
use store::{Transaction, mailed_tokens::Purpose};

use super::password;
use crate::{Actor, Domain, Error, audit, authority, jobs, letters, sessions::kept};

/// Gives the actor's account another password, and ends all its other sign-ins.
///
/// # Errors
/// [`Error::WrongPassword`] if the present one is wrong; [`Error::InvalidField`] for one that everybody tries first.
pub async fn change_password(
    domain: &Domain,
    actor: &Actor,
    request: ChangePasswordRequest,
) -> Result<(), Error> {
    actor.signed_in()?;
    request.validate()?;
    let present = SecretString::from(request.current_password);
    let account = super::confirm_password(domain, actor, present).await?;
    password::check_choice("new_password", &request.new_password, &account.email, &account.display_name)?;
    let hash = password::hash(SecretString::from(request.new_password)).await?;
    let this_one = actor.session.map(SessionId::uuid);
    kept::end_of_account(domain, account.id, this_one, store::now()).await?;
    let transaction = domain.store().begin().await?;
    replace(&transaction, account.id, &hash).await?;
    let subject = format!("account {}", account.id);
    audit::note(&transaction, actor, "account.change_password", subject, json!({})).await?;
    let letter = letters::ask_within(&transaction, LetterKind::PasswordChanged, account.id).await?;
    transaction.commit().await?;
    // Somebody may have signed in with the password before, in the moment between.
    kept::end_of_account(domain, account.id, this_one, store::now()).await?;
    authority::announce(domain, account.id).await;
    if let Some(letter) = letter {
        jobs::offer(domain, &letter).await;
    }
    Ok(())
}

/// Writes the hash, and ends what the password before had opened in the game. Its sign-ins are the caller's to end.
pub(super) async fn replace(transaction: &Transaction, account: AccountId, hash: &str) -> Result<(), Error> {
    let now = store::now();
    store::accounts::set_password(transaction, account, hash).await?;
    store::tickets::void_of_account(transaction, account, now).await?;
    store::game_sessions::end_of_account(transaction, account, now).await?;
    Ok(store::mailed_tokens::void(transaction, account, Purpose::ResetPassword, now).await?)
}
