//! Ability scores that were thrown for an account, and wait for a character.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{Records, StoreError, entity::score_roll};

/// Keeps scores for an account that has none waiting; returns those that wait now.
///
/// # Errors
/// The database failed.
pub async fn keep(
    records: &impl Records,
    account: AccountId,
    scores: [u8; 6],
    now: DateTime<Utc>,
) -> Result<[u8; 6], StoreError> {
    let row = score_roll::ActiveModel {
        account_id: Set(account.uuid()),
        scores: Set(serde_json::json!(scores)),
        rolled_at: Set(now),
    };
    let untouched = OnConflict::column(score_roll::Column::AccountId).do_nothing().to_owned();
    score_roll::Entity::insert(row)
        .on_conflict(untouched)
        .try_insert()
        .exec_without_returning(records.connection())
        .await?;
    Ok(find(records, account).await?.unwrap_or(scores))
}

/// The scores that wait for an account's character.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, account: AccountId) -> Result<Option<[u8; 6]>, StoreError> {
    let row = score_roll::Entity::find_by_id(account.uuid()).one(records.connection()).await?;
    let read = |row: score_roll::Model| {
        serde_json::from_value(row.scores)
            .map_err(|error| StoreError::Unreadable { table: "score_roll", reason: error.to_string() })
    };
    row.map(read).transpose()
}

/// Uses an account's scores up. Returns whether there were any.
///
/// # Errors
/// The database failed.
pub async fn spend(records: &impl Records, account: AccountId) -> Result<bool, StoreError> {
    let gone = score_roll::Entity::delete_many()
        .filter(score_roll::Column::AccountId.eq(account.uuid()))
        .exec(records.connection())
        .await?;
    Ok(gone.rows_affected == 1)
}
