//! How many events of each type there were in each hour: what is left of the log when it is cut.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::count_by_kind;
use crate::{Records, StoreError, entity::event_rollup};

/// Events of a type in an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourOfEvents {
    /// When the hour began.
    pub hour: DateTime<Utc>,
    /// The type.
    pub kind: String,
    /// How many.
    pub events: u64,
}

/// Counts the events of the hour from `hour` until before `end` and keeps the counts; returns how many types there
/// were. An hour that was counted before is counted anew.
///
/// # Errors
/// The database failed.
pub async fn roll_up(
    records: &impl Records,
    hour: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let counted = count_by_kind(records, hour, end).await?;
    let kinds = counted.len() as u64;
    if counted.is_empty() {
        return Ok(0);
    }
    let rows = counted.into_iter().map(|(kind, events)| event_rollup::ActiveModel {
        hour: Set(hour),
        kind: Set(kind),
        events: Set(events.cast_signed()),
    });
    let replace = OnConflict::columns([event_rollup::Column::Hour, event_rollup::Column::Kind])
        .update_column(event_rollup::Column::Events)
        .to_owned();
    event_rollup::Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(records.connection())
        .await?;
    Ok(kinds)
}

/// The last hour that was counted.
///
/// # Errors
/// The database failed.
pub async fn last_rolled_up(records: &impl Records) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = event_rollup::Entity::find()
        .order_by_desc(event_rollup::Column::Hour)
        .limit(1)
        .one(records.connection())
        .await?;
    Ok(row.map(|row| row.hour))
}

/// The counts of all hours since `since`, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn hours_since(
    records: &impl Records,
    since: DateTime<Utc>,
) -> Result<Vec<HourOfEvents>, StoreError> {
    let rows = event_rollup::Entity::find()
        .filter(event_rollup::Column::Hour.gte(since))
        .order_by_asc(event_rollup::Column::Hour)
        .order_by_asc(event_rollup::Column::Kind)
        .all(records.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| HourOfEvents { hour: row.hour, kind: row.kind, events: row.events.cast_unsigned() })
        .collect())
}
