//! Which consumer has seen which event.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{Records, StoreError, entity::event_inbox};

/// The events of `ids` that the consumer has not seen yet.
///
/// # Errors
/// The database failed.
pub async fn filter_unseen(
    records: &impl Records,
    consumer: &str,
    ids: &[Uuid],
) -> Result<HashSet<Uuid>, StoreError> {
    let seen: Vec<Uuid> = event_inbox::Entity::find()
        .select_only()
        .column(event_inbox::Column::EventId)
        .filter(event_inbox::Column::Consumer.eq(consumer))
        .filter(event_inbox::Column::EventId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(records.connection())
        .await?;
    let mut unseen: HashSet<Uuid> = ids.iter().copied().collect();
    for id in seen {
        unseen.remove(&id);
    }
    Ok(unseen)
}

/// Notes that the consumer has seen events. Belongs into the transaction of what they made it do.
///
/// # Errors
/// [`StoreError::Conflict`] if one was seen before; otherwise the database failed.
pub async fn mark_seen(
    records: &impl Records,
    consumer: &str,
    ids: impl IntoIterator<Item = Uuid>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows: Vec<_> = ids
        .into_iter()
        .map(|event_id| event_inbox::ActiveModel {
            consumer: Set(consumer.to_owned()),
            event_id: Set(event_id),
            seen_at: Set(now),
        })
        .collect();
    if !rows.is_empty() {
        event_inbox::Entity::insert_many(rows).exec_without_returning(records.connection()).await?;
    }
    Ok(())
}

/// Forgets what was seen before `before`; returns how many. No stream may deliver anything that old any more.
///
/// # Errors
/// The database failed.
pub async fn forget_seen(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = event_inbox::Entity::delete_many()
        .filter(event_inbox::Column::SeenAt.lt(before))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}
