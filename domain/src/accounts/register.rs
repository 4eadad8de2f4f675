//! Making an account.

use api::{
    Role,
    auth::{AccountView, RegisterRequest},
};
use garde::Validate as _;
use grid::AccountId;
use secrecy::SecretString;
use serde_json::json;
use store::{StoreError, accounts::Account};
use uuid::Uuid;

use super::{fold_email, password, view};
use crate::{Actor, Domain, Error, audit};

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
    domain.login_desk().admit_registration(actor)?;
    let account = Account {
        id: AccountId::from_uuid(Uuid::now_v7()),
        password_hash: password::hash(SecretString::from(request.password)).await?,
        email,
        display_name: request.display_name.trim().to_owned(),
        role: Role::Player.name().to_owned(),
        created_at: store::now(),
        disabled_at: None,
        last_login_at: None,
    };
    insert(domain, actor, &account).await?;
    view(&account)
}

pub(super) async fn insert(domain: &Domain, actor: &Actor, account: &Account) -> Result<(), Error> {
    let transaction = domain.store().begin().await?;
    store::accounts::insert(&transaction, account).await.map_err(|error| match error {
        StoreError::Conflict(_) => Error::Conflict("this e-mail address has an account already".to_owned()),
        other => Error::Store(other),
    })?;
    let subject = format!("account {}", account.id);
    audit::note(&transaction, actor, "account.create", subject, json!({ "role": account.role })).await?;
    Ok(transaction.commit().await?)
}
