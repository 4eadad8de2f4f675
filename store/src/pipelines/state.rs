//! How far a pipeline is.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    prelude::Expr,
    sea_query::{ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use crate::{Records, StoreError, Transaction, entity::pipeline, records::sealed::Sealed as _};

/// How far a pipeline is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PipelineState {
    /// The pipeline.
    pub id: Uuid,
    /// Since when it is paused, if it is.
    pub paused_at: Option<DateTime<Utc>>,
    /// Events that it has taken in, each once.
    pub events_in: u64,
    /// Events that were delivered to it once more.
    pub events_repeated: u64,
    /// Rows that it has written; a window's row counts each time that it changes.
    pub rows_out: u64,
    /// Events that became dead letters.
    pub events_refused: u64,
    /// When the newest event that it has taken in happened.
    pub last_event_at: Option<DateTime<Utc>>,
    /// When it last committed.
    pub checkpoint_at: Option<DateTime<Utc>>,
    /// What went wrong the last time that something did, with the batch as a whole.
    pub error: Option<String>,
    /// When that was.
    pub error_at: Option<DateTime<Utc>>,
}

impl From<pipeline::Model> for PipelineState {
    fn from(row: pipeline::Model) -> Self {
        Self {
            id: row.id,
            paused_at: row.paused_at,
            events_in: row.events_in.cast_unsigned(),
            events_repeated: row.events_repeated.cast_unsigned(),
            rows_out: row.rows_out.cast_unsigned(),
            events_refused: row.events_refused.cast_unsigned(),
            last_event_at: row.last_event_at,
            checkpoint_at: row.checkpoint_at,
            error: row.error,
            error_at: row.error_at,
        }
    }
}

/// What a batch adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Events taken in.
    pub events_in: u64,
    /// Events that were known already.
    pub events_repeated: u64,
    /// Rows written.
    pub rows_out: u64,
    /// Events refused.
    pub events_refused: u64,
    /// When the newest event happened.
    pub last_event_at: Option<DateTime<Utc>>,
}

/// The states of all pipelines that have ever run.
///
/// # Errors
/// The database failed.
pub async fn find_all(records: &impl Records) -> Result<Vec<PipelineState>, StoreError> {
    let rows = pipeline::Entity::find().all(records.connection()).await?;
    Ok(rows.into_iter().map(PipelineState::from).collect())
}

/// The state of a pipeline, if it has ever run.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: Uuid) -> Result<Option<PipelineState>, StoreError> {
    let row = pipeline::Entity::find_by_id(id).one(records.connection()).await?;
    Ok(row.map(PipelineState::from))
}

/// Locks a pipeline until the transaction ends, and says how far it is. One that is new gets its row.
///
/// # Errors
/// The database failed.
pub async fn lock(transaction: &Transaction, id: Uuid) -> Result<PipelineState, StoreError> {
    make(transaction, id).await?;
    let row = pipeline::Entity::find_by_id(id).lock_exclusive().one(transaction.connection()).await?;
    row.map(PipelineState::from)
        .ok_or_else(|| StoreError::Unreadable { table: "pipeline", reason: format!("{id} is gone") })
}

/// Adds what a batch did. Belongs into the transaction of the batch.
///
/// # Errors
/// The database failed.
pub async fn checkpoint(
    records: &impl Records,
    id: Uuid,
    progress: Progress,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let add = |column: pipeline::Column, count: u64| (column, Expr::col(column).add(count.cast_signed()));
    let counts = [
        add(pipeline::Column::EventsIn, progress.events_in),
        add(pipeline::Column::EventsRepeated, progress.events_repeated),
        add(pipeline::Column::RowsOut, progress.rows_out),
        add(pipeline::Column::EventsRefused, progress.events_refused),
    ];
    let mut update = pipeline::Entity::update_many()
        .col_expr(pipeline::Column::CheckpointAt, Expr::value(now))
        .filter(pipeline::Column::Id.eq(id));
    for (column, sum) in counts {
        update = update.col_expr(column, sum);
    }
    if let Some(at) = progress.last_event_at {
        update = update.col_expr(pipeline::Column::LastEventAt, Expr::value(at));
    }
    update.exec(records.connection()).await?;
    Ok(())
}

/// Notes why a batch could not be done.
///
/// # Errors
/// The database failed.
pub async fn note_error(
    records: &impl Records,
    id: Uuid,
    error: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    make(records, id).await?;
    pipeline::Entity::update_many()
        .col_expr(pipeline::Column::Error, Expr::value(error))
        .col_expr(pipeline::Column::ErrorAt, Expr::value(now))
        .filter(pipeline::Column::Id.eq(id))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Pauses a pipeline: its workers take in nothing more, and events wait on their streams. False if it was paused.
///
/// # Errors
/// The database failed.
pub async fn pause(records: &impl Records, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    make(records, id).await?;
    let outcome = pipeline::Entity::update_many()
        .col_expr(pipeline::Column::PausedAt, Expr::value(now))
        .filter(pipeline::Column::Id.eq(id))
        .filter(pipeline::Column::PausedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Lets a paused pipeline go on. False if it was not paused.
///
/// # Errors
/// The database failed.
pub async fn resume(records: &impl Records, id: Uuid) -> Result<bool, StoreError> {
    let outcome = pipeline::Entity::update_many()
        .col_expr(pipeline::Column::PausedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(pipeline::Column::Id.eq(id))
        .filter(pipeline::Column::PausedAt.is_not_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

async fn make(records: &impl Records, id: Uuid) -> Result<(), StoreError> {
    let row = pipeline::ActiveModel {
        id: Set(id),
        events_in: Set(0),
        events_repeated: Set(0),
        rows_out: Set(0),
        events_refused: Set(0),
        ..pipeline::ActiveModel::default()
    };
    pipeline::Entity::insert(row)
        .on_conflict(OnConflict::column(pipeline::Column::Id).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(records.connection())
        .await?;
    Ok(())
}
