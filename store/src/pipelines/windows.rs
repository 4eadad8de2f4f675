//! What windows have summed up so far.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use infra::pipelines::window::{Total, WindowKey};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Expr,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Records, StoreError, entity::pipeline_window};

/// A window's sum, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptWindow {
    /// Which window.
    pub key: WindowKey,
    /// What it has summed up.
    pub total: Total,
}

impl TryFrom<pipeline_window::Model> for KeptWindow {
    type Error = StoreError;

    fn try_from(row: pipeline_window::Model) -> Result<Self, StoreError> {
        let total = serde_json::from_value(row.total).map_err(|error| StoreError::Unreadable {
            table: "pipeline_window",
            reason: format!("{} {}: {error}", row.starts_at, row.key),
        })?;
        Ok(Self { key: WindowKey { start: row.starts_at, key: row.key }, total })
    }
}

/// The sums of those windows that there are among `keys`.
///
/// # Errors
/// The database failed.
pub async fn load<'a>(
    records: &impl Records,
    pipeline: Uuid,
    keys: impl Iterator<Item = &'a WindowKey> + Clone,
) -> Result<BTreeMap<WindowKey, Total>, StoreError> {
    // Every beginning with every key: more rows than were asked for at worst, and one statement.
    let rows = pipeline_window::Entity::find()
        .filter(pipeline_window::Column::PipelineId.eq(pipeline))
        .filter(pipeline_window::Column::StartsAt.is_in(keys.clone().map(|key| key.start)))
        .filter(pipeline_window::Column::Key.is_in(keys.map(|key| key.key.as_str())))
        .all(records.connection())
        .await?;
    rows.into_iter().map(|row| KeptWindow::try_from(row).map(|window| (window.key, window.total))).collect()
}

/// Keeps sums in place of those that were there.
///
/// # Errors
/// The database failed.
pub async fn save(
    records: &impl Records,
    pipeline: Uuid,
    totals: &BTreeMap<WindowKey, Total>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(totals.len());
    for (key, total) in totals {
        rows.push(pipeline_window::ActiveModel {
            pipeline_id: Set(pipeline),
            starts_at: Set(key.start),
            key: Set(key.key.clone()),
            total: Set(serde_json::to_value(total).map_err(|error| StoreError::Unreadable {
                table: "pipeline_window",
                reason: error.to_string(),
            })?),
            changed_at: Set(now),
            closed_at: Set(None),
        });
    }
    if rows.is_empty() {
        return Ok(());
    }
    let replace = OnConflict::columns([
        pipeline_window::Column::PipelineId,
        pipeline_window::Column::StartsAt,
        pipeline_window::Column::Key,
    ])
    .update_columns([pipeline_window::Column::Total, pipeline_window::Column::ChangedAt])
    .to_owned();
    pipeline_window::Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(records.connection())
        .await?;
    Ok(())
}

/// The oldest windows that began before `before` and were not closed yet.
///
/// # Errors
/// The database failed.
pub async fn closable(
    records: &impl Records,
    pipeline: Uuid,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<KeptWindow>, StoreError> {
    let rows = pipeline_window::Entity::find()
        .filter(pipeline_window::Column::PipelineId.eq(pipeline))
        .filter(pipeline_window::Column::StartsAt.lt(before))
        .filter(pipeline_window::Column::ClosedAt.is_null())
        .order_by_asc(pipeline_window::Column::StartsAt)
        .order_by_asc(pipeline_window::Column::Key)
        .limit(limit)
        .all(records.connection())
        .await?;
    rows.into_iter().map(KeptWindow::try_from).collect()
}

/// Closes a window. False if it was closed already.
///
/// # Errors
/// The database failed.
pub async fn close(
    records: &impl Records,
    pipeline: Uuid,
    key: &WindowKey,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = pipeline_window::Entity::update_many()
        .col_expr(pipeline_window::Column::ClosedAt, Expr::value(now))
        .filter(pipeline_window::Column::PipelineId.eq(pipeline))
        .filter(pipeline_window::Column::StartsAt.eq(key.start))
        .filter(pipeline_window::Column::Key.eq(&key.key))
        .filter(pipeline_window::Column::ClosedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Removes sums of windows that were closed and have not changed since `before`; returns how many. What the tables
/// hold stays; an event that comes later still begins its window anew.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = pipeline_window::Entity::delete_many()
        .filter(pipeline_window::Column::ClosedAt.is_not_null())
        .filter(pipeline_window::Column::ChangedAt.lt(before))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}
