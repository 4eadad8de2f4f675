//! Tokens that are sent by mail: short-lived, and good once. Only their hashes are kept.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, prelude::Expr};

use crate::{Records, StoreError, entity::mailed_token};

/// What a mailed token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To show that the address is the account's.
    VerifyEmail,
    /// To choose another password.
    ResetPassword,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
        }
    }
}

/// Whose a token was, and where it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailed {
    /// The account.
    pub account_id: AccountId,
    /// The address.
    pub email: String,
}

/// Adds a token, under the hex hash of its secret. Older ones of the same purpose are used up.
///
/// # Errors
/// The database failed.
pub async fn insert(
    records: &impl Records,
    token_hash: &str,
    purpose: Purpose,
    to: &Mailed,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    void(records, to.account_id, purpose, now).await?;
    let row = mailed_token::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        account_id: Set(to.account_id.uuid()),
        purpose: Set(purpose.name().to_owned()),
        email: Set(to.email.clone()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        consumed_at: Set(None),
    };
    mailed_token::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Uses a token up. Exactly one of all who come with it gets its account; `None` if it is unknown, used or too old.
///
/// # Errors
/// The database failed.
pub async fn consume(
    records: &impl Records,
    token_hash: &str,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<Mailed>, StoreError> {
    let outcome = mailed_token::Entity::update_many()
        .col_expr(mailed_token::Column::ConsumedAt, Expr::value(now))
        .filter(mailed_token::Column::TokenHash.eq(token_hash))
        .filter(mailed_token::Column::Purpose.eq(purpose.name()))
        .filter(mailed_token::Column::ConsumedAt.is_null())
        .filter(mailed_token::Column::ExpiresAt.gt(now))
        .exec(records.connection())
        .await?;
    if outcome.rows_affected != 1 {
        return Ok(None);
    }
    let row = mailed_token::Entity::find_by_id(token_hash).one(records.connection()).await?;
    Ok(row.map(|row| Mailed { account_id: AccountId::from_uuid(row.account_id), email: row.email }))
}

/// Uses up all tokens of an account for a purpose, for nobody.
///
/// # Errors
/// The database failed.
pub async fn void(
    records: &impl Records,
    account: AccountId,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    mailed_token::Entity::update_many()
        .col_expr(mailed_token::Column::ConsumedAt, Expr::value(now))
        .filter(mailed_token::Column::AccountId.eq(account.uuid()))
        .filter(mailed_token::Column::Purpose.eq(purpose.name()))
        .filter(mailed_token::Column::ConsumedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Removes tokens that were over before `before`; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let over = Condition::any()
        .add(mailed_token::Column::ExpiresAt.lt(before))
        .add(mailed_token::Column::ConsumedAt.lt(before));
    Ok(mailed_token::Entity::delete_many().filter(over).exec(records.connection()).await?.rows_affected)
}
