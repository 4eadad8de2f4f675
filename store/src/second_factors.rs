//! Second factors: what their secrets are computed from, and which codes were used.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, prelude::Expr,
    sea_query::OnConflict,
};

use crate::{
    Records, StoreError,
    entity::{recovery_code, second_factor},
};

/// An account's second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose it is.
    pub account_id: AccountId,
    /// What the secret is computed from, together with a key that is not here.
    pub nonce: String,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// Since when it counts: when its first code was shown.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The account's second factor, whether it counts yet or not.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, account: AccountId) -> Result<Option<SecondFactor>, StoreError> {
    let row = second_factor::Entity::find_by_id(account.uuid()).one(records.connection()).await?;
    Ok(row.map(|row| SecondFactor {
        account_id: AccountId::from_uuid(row.account_id),
        nonce: row.nonce,
        created_at: row.created_at,
        confirmed_at: row.confirmed_at,
    }))
}

/// Begins one anew; it does not count until it is confirmed. One that counts stays as it is.
///
/// # Errors
/// The database failed.
pub async fn begin(
    records: &impl Records,
    account: AccountId,
    nonce: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = second_factor::ActiveModel {
        account_id: Set(account.uuid()),
        nonce: Set(nonce.to_owned()),
        created_at: Set(now),
        confirmed_at: Set(None),
        last_step: Set(0),
    };
    let replace = OnConflict::column(second_factor::Column::AccountId)
        .update_columns([
            second_factor::Column::Nonce,
            second_factor::Column::CreatedAt,
            second_factor::Column::LastStep,
        ])
        .action_and_where(Expr::col((second_factor::Entity, second_factor::Column::ConfirmedAt)).is_null())
        .to_owned();
    let written = second_factor::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(records.connection())
        .await?;
    Ok(written == 1)
}

/// Makes it count.
///
/// # Errors
/// The database failed.
pub async fn confirm(
    records: &impl Records,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::ConfirmedAt, Expr::value(now))
        .filter(second_factor::Column::AccountId.eq(account.uuid()))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Uses the code of a time step up. True for exactly one of all who come with it, and never for an older one.
///
/// # Errors
/// The database failed.
pub async fn use_step(records: &impl Records, account: AccountId, step: i64) -> Result<bool, StoreError> {
    let outcome = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::AccountId.eq(account.uuid()))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Removes it, and its recovery codes.
///
/// # Errors
/// The database failed.
pub async fn remove(records: &impl Records, account: AccountId) -> Result<(), StoreError> {
    second_factor::Entity::delete_by_id(account.uuid()).exec(records.connection()).await?;
    replace_codes(records, account, &[]).await
}

/// Replaces the account's recovery codes by those with these hashes.
///
/// # Errors
/// The database failed.
pub async fn replace_codes(
    records: &impl Records,
    account: AccountId,
    code_hashes: &[String],
) -> Result<(), StoreError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account.uuid()))
        .exec(records.connection())
        .await?;
    if code_hashes.is_empty() {
        return Ok(());
    }
    let rows = code_hashes.iter().map(|hash| recovery_code::ActiveModel {
        code_hash: Set(hash.clone()),
        account_id: Set(account.uuid()),
        consumed_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Uses a recovery code up. True for exactly one of all who come with it.
///
/// # Errors
/// The database failed.
pub async fn consume_code(
    records: &impl Records,
    account: AccountId,
    code_hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::ConsumedAt, Expr::value(now))
        .filter(recovery_code::Column::CodeHash.eq(code_hash))
        .filter(recovery_code::Column::AccountId.eq(account.uuid()))
        .filter(recovery_code::Column::ConsumedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// The database failed.
pub async fn count_codes(records: &impl Records, account: AccountId) -> Result<u64, StoreError> {
    Ok(recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account.uuid()))
        .filter(recovery_code::Column::ConsumedAt.is_null())
        .count(records.connection())
        .await?)
}
