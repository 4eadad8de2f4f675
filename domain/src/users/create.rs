//! Making an account for somebody.

use api::{
    right,
    user::{CreateUserRequest, UserView},
};
use garde::Validate as _;
use grid::AccountId;
use secrecy::SecretString;
use serde_json::{Value, json};
use store::accounts::Account;
use uuid::Uuid;

use crate::{
    Allowed, Domain, Error, accounts,
    audit::{self, Change},
};

/// Makes an account of a role that the actor may give.
///
/// # Errors
/// [`Error::BeyondReach`] for a role that allows more than the actor's; [`Error::Conflict`] if the address has an
/// account.
pub async fn create(
    domain: &Domain,
    actor: &Allowed<right::ManageUsers>,
    request: CreateUserRequest,
) -> Result<UserView, Error> {
    request.validate()?;
    super::check_reach(actor, request.role)?;
    accounts::password::check_choice("password", &request.password, &request.email, &request.display_name)?;
    let account = Account {
        id: AccountId::from_uuid(Uuid::now_v7()),
        email: accounts::fold_email(&request.email),
        display_name: request.display_name.trim().to_owned(),
        password_hash: accounts::password::hash(SecretString::from(request.password)).await?,
        role: request.role.name().to_owned(),
        created_at: store::now(),
        disabled_at: None,
        last_login_at: None,
        email_verified_at: None,
    };
    let transaction = domain.store().begin().await?;
    accounts::insert_record(&transaction, &account).await?;
    let change = Change {
        action: "account.create",
        subject: format!("account {}", account.id),
        before: Value::Null,
        after: json!({ "email": account.email, "role": request.role }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    super::view(&account)
}
