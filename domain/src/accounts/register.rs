//! Making an account.

use api::{
    Role,
    auth::{AccountView, RegisterRequest},
    job::LetterKind,
};
use garde::Validate as _;
use grid::AccountId;
use secrecy::SecretString;
use serde_json::json;
use store::{StoreError, Transaction, accounts::Account, events::Happening};
use uuid::Uuid;

use super::{fold_email, password, view};
use crate::{Actor, Domain, Error, audit, events, jobs, letters};

/// Makes a player's account.
///
/// # Errors
/// [`Error::Conflict`] if the address has an account; [`Error::NotOffered`] where registration is closed.
pub async fn register(
    domain: &Domain,
    actor: &Actor,
    request: RegisterRequest,
) -> Result<AccountView, Error> {
    if !domain.settings().auth.registration_open {
        return Err(Error::NotOffered("registration is closed here; ask the owner for an account"));
    }
    request.validate()?;
    let email = fold_email(&request.email);
    password::check_choice("password", &request.password, &email, &request.display_name)?;
    domain.login_desk().admit_registration(actor).await?;
    let account = Account {
        id: AccountId::from_uuid(Uuid::now_v7()),
        password_hash: password::hash(SecretString::from(request.password)).await?,
        email,
        display_name: request.display_name.trim().to_owned(),
        role: Role::Player.name().to_owned(),
        created_at: store::now(),
        disabled_at: None,
        last_login_at: None,
        email_verified_at: None,
    };
    let transaction = domain.store().begin().await?;
    insert(&transaction, actor, &account).await?;
    let letter = letters::ask_within(&transaction, LetterKind::VerifyEmail, account.id).await?;
    transaction.commit().await?;
    if let Some(letter) = letter {
        jobs::offer(domain, &letter).await;
    }
    let owner = Actor {
        account: Some(account.id),
        role: Some(Role::Player),
        permissions: Role::Player.permissions(),
        ..actor.clone()
    };
    view(domain, &account, &owner).await
}

/// Adds an account that somebody makes for themselves, or the server makes.
pub(super) async fn insert(transaction: &Transaction, actor: &Actor, account: &Account) -> Result<(), Error> {
    insert_record(transaction, account).await?;
    let subject = format!("account {}", account.id);
    audit::note(transaction, actor, "account.create", subject, json!({ "role": account.role })).await?;
    let registered = Happening::AccountRegistered { account_id: account.id, role: account.role.clone() };
    Ok(events::tell(transaction, actor, &registered).await?)
}

/// Adds the account's record, without a note.
pub(crate) async fn insert_record(transaction: &Transaction, account: &Account) -> Result<(), Error> {
    store::accounts::insert(transaction, account).await.map_err(|error| match error {
        StoreError::Conflict(_) => Error::Conflict("this e-mail address has an account already".to_owned()),
        other => Error::Store(other),
    })
}
