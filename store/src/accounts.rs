//! Accounts: who can sign in.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, prelude::Expr};

use crate::{Records, StoreError, entity::account};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// Address to sign in with, in folded form.
    pub email: String,
    /// The name that staff see.
    pub display_name: String,
    /// PHC string of the password.
    pub password_hash: String,
    /// Name of the role.
    pub role: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when it may not sign in, if so.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When it last signed in.
    pub last_login_at: Option<DateTime<Utc>>,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self {
            id: AccountId::from_uuid(row.id),
            email: row.email,
            display_name: row.display_name,
            password_hash: row.password_hash,
            role: row.role,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
            last_login_at: row.last_login_at,
        }
    }
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Conflict`] if the address is taken; otherwise the database failed.
pub async fn insert(records: &impl Records, new: &Account) -> Result<(), StoreError> {
    let row = account::ActiveModel {
        id: Set(new.id.uuid()),
        email: Set(new.email.clone()),
        display_name: Set(new.display_name.clone()),
        password_hash: Set(new.password_hash.clone()),
        role: Set(new.role.clone()),
        created_at: Set(new.created_at),
        disabled_at: Set(new.disabled_at),
        last_login_at: Set(new.last_login_at),
    };
    account::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The account of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: AccountId) -> Result<Option<Account>, StoreError> {
    Ok(account::Entity::find_by_id(id.uuid()).one(records.connection()).await?.map(Account::from))
}

/// The account that signs in with that (folded) address.
///
/// # Errors
/// The database failed.
pub async fn find_by_email(records: &impl Records, email: &str) -> Result<Option<Account>, StoreError> {
    let row =
        account::Entity::find().filter(account::Column::Email.eq(email)).one(records.connection()).await?;
    Ok(row.map(Account::from))
}

/// The accounts of those ids, in no particular order.
///
/// # Errors
/// The database failed.
pub async fn find_all(records: &impl Records, ids: &[AccountId]) -> Result<Vec<Account>, StoreError> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows =
        account::Entity::find().filter(account::Column::Id.is_in(ids)).all(records.connection()).await?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// How many accounts have that role.
///
/// # Errors
/// The database failed.
pub async fn count_with_role(records: &impl Records, role: &str) -> Result<u64, StoreError> {
    Ok(account::Entity::find().filter(account::Column::Role.eq(role)).count(records.connection()).await?)
}

/// Notes that the account signed in.
///
/// # Errors
/// The database failed.
pub async fn note_login(records: &impl Records, id: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::LastLoginAt, Expr::value(now))
        .filter(account::Column::Id.eq(id.uuid()))
        .exec(records.connection())
        .await?;
    Ok(())
}
