//! Queues of jobs that stand still, or don't.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{Records, StoreError, entity::job_queue};

/// Since when a queue stands still; `None` if it does not.
///
/// # Errors
/// The database failed.
pub async fn paused_at(records: &impl Records, name: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = job_queue::Entity::find_by_id(name).one(records.connection()).await?;
    Ok(row.and_then(|row| row.paused_at))
}

/// Lets a queue stand still, or go on.
///
/// # Errors
/// The database failed.
pub async fn set_paused(
    records: &impl Records,
    name: &str,
    paused_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let row = job_queue::ActiveModel { name: Set(name.to_owned()), paused_at: Set(paused_at) };
    job_queue::Entity::insert(row)
        .on_conflict(
            OnConflict::column(job_queue::Column::Name).update_column(job_queue::Column::PausedAt).to_owned(),
        )
        .exec_without_returning(records.connection())
        .await?;
    Ok(())
}
