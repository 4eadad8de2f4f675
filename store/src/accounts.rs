//! Accounts: who can sign in.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::Expr,
    sea_query::{Func, LikeExpr},
};

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
    /// When its owner showed that the address is theirs.
    pub email_verified_at: Option<DateTime<Utc>>,
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
            email_verified_at: row.email_verified_at,
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
        email_verified_at: Set(new.email_verified_at),
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

/// How many accounts have that role and can sign in.
///
/// # Errors
/// The database failed.
pub async fn count_active_with_role(records: &impl Records, role: &str) -> Result<u64, StoreError> {
    Ok(account::Entity::find()
        .filter(account::Column::Role.eq(role))
        .filter(account::Column::DisabledAt.is_null())
        .count(records.connection())
        .await?)
}

/// Which accounts to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Part of the address or name, in lower case.
    pub search: Option<String>,
    /// Name of the role.
    pub role: Option<String>,
    /// Only disabled ones, or only those that are not.
    pub disabled: Option<bool>,
    /// Only accounts older than this one.
    pub before: Option<AccountId>,
}

/// The accounts that are wanted, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(records: &impl Records, wanted: &Wanted, limit: u64) -> Result<Vec<Account>, StoreError> {
    let mut query = account::Entity::find().order_by_desc(account::Column::Id).limit(limit);
    if let Some(search) = &wanted.search {
        let escaped = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = || LikeExpr::new(format!("%{escaped}%")).escape('\\');
        let lower = |column: account::Column| Expr::expr(Func::lower(Expr::col(column)));
        query = query.filter(
            Condition::any()
                .add(lower(account::Column::Email).like(pattern()))
                .add(lower(account::Column::DisplayName).like(pattern())),
        );
    }
    if let Some(role) = &wanted.role {
        query = query.filter(account::Column::Role.eq(role));
    }
    if let Some(disabled) = wanted.disabled {
        let is_set = account::Column::DisabledAt.is_not_null();
        query = query.filter(if disabled { is_set } else { account::Column::DisabledAt.is_null() });
    }
    if let Some(before) = wanted.before {
        query = query.filter(account::Column::Id.lt(before.uuid()));
    }
    Ok(query.all(records.connection()).await?.into_iter().map(Account::from).collect())
}

/// Gives the account another role.
///
/// # Errors
/// The database failed.
pub async fn set_role(records: &impl Records, id: AccountId, role: &str) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::Role, Expr::value(role))
        .filter(account::Column::Id.eq(id.uuid()))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Gives the account another password.
///
/// # Errors
/// The database failed.
pub async fn set_password(records: &impl Records, id: AccountId, hash: &str) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(id.uuid()))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Notes that the address is the account's, unless it has another one by now.
///
/// # Errors
/// The database failed.
pub async fn verify_email(
    records: &impl Records,
    id: AccountId,
    email: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = account::Entity::update_many()
        .col_expr(account::Column::EmailVerifiedAt, Expr::value(now))
        .filter(account::Column::Id.eq(id.uuid()))
        .filter(account::Column::Email.eq(email))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Bars the account from signing in, or lets it in again.
///
/// # Errors
/// The database failed.
pub async fn set_disabled(
    records: &impl Records,
    id: AccountId,
    since: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::DisabledAt, Expr::value(since))
        .filter(account::Column::Id.eq(id.uuid()))
        .exec(records.connection())
        .await?;
    Ok(())
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
