//! The first account of an installation.

use api::Role;
use grid::AccountId;
use secrecy::SecretString;
use store::accounts::Account;
use uuid::Uuid;

use super::{fold_email, password, register::insert};
use crate::{Actor, Arrival, Domain, Error, secret};

/// An owner that was just made.
#[derive(Debug)]
pub struct SeededOwner {
    /// Address to sign in with.
    pub email: String,
    /// The password, if it was made up here: nobody can find it out later.
    pub generated_password: Option<SecretString>,
}

/// Makes the first owner, unless there is one. Without a password, one is made up.
///
/// # Errors
/// The database failed.
pub async fn seed_owner(
    domain: &Domain,
    email: &str,
    password: Option<SecretString>,
) -> Result<Option<SeededOwner>, Error> {
    if store::accounts::count_with_role(domain.store(), Role::Owner.name()).await? > 0 {
        return Ok(None);
    }
    let (chosen, generated_password) = match password {
        Some(chosen) => (chosen, None),
        None => {
            let generated = secret::readable_password();
            (generated.clone(), Some(generated))
        }
    };
    let account = Account {
        id: AccountId::from_uuid(Uuid::now_v7()),
        email: fold_email(email),
        display_name: "Owner".to_owned(),
        password_hash: password::hash(chosen).await?,
        role: Role::Owner.name().to_owned(),
        created_at: store::now(),
        disabled_at: None,
        last_login_at: None,
        email_verified_at: None,
    };
    let transaction = domain.store().begin().await?;
    insert(&transaction, &Actor::visitor(Arrival::within()), &account).await?;
    transaction.commit().await?;
    Ok(Some(SeededOwner { email: account.email, generated_password }))
}
