//! Schedules: jobs that are asked for by the clock. Of all processes that look, one asks.

use chrono::{DateTime, Utc};
use grid::JobId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Expr, sea_query::OnConflict,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{Records, StoreError, entity::job_schedule};

/// A schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// The schedule.
    pub id: Uuid,
    /// What people call it; unique.
    pub name: String,
    /// When, as cron writes it, in UTC.
    pub cron: String,
    /// The job that it asks for.
    pub arguments: Value,
    /// When it is due next.
    pub next_at: DateTime<Utc>,
    /// When it last asked.
    pub last_at: Option<DateTime<Utc>>,
    /// The job that it asked for last.
    pub last_job_id: Option<JobId>,
    /// Since when it stands still, if it does.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl From<job_schedule::Model> for Schedule {
    fn from(row: job_schedule::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            cron: row.cron,
            arguments: row.arguments,
            next_at: row.next_at,
            last_at: row.last_at,
            last_job_id: row.last_job_id.map(JobId::from_uuid),
            paused_at: row.paused_at,
            created_at: row.created_at,
        }
    }
}

/// Adds a schedule. False if there is one of that name.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &Schedule) -> Result<bool, StoreError> {
    let row = job_schedule::ActiveModel {
        id: Set(new.id),
        name: Set(new.name.clone()),
        cron: Set(new.cron.clone()),
        arguments: Set(new.arguments.clone()),
        next_at: Set(new.next_at),
        last_at: Set(new.last_at),
        last_job_id: Set(new.last_job_id.map(JobId::uuid)),
        paused_at: Set(new.paused_at),
        created_at: Set(new.created_at),
    };
    let made = job_schedule::Entity::insert(row)
        .on_conflict(OnConflict::column(job_schedule::Column::Name).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(records.connection())
        .await?;
    Ok(matches!(made, sea_orm::TryInsertResult::Inserted(1)))
}

/// All schedules, by name.
///
/// # Errors
/// The database failed.
pub async fn list(records: &impl Records) -> Result<Vec<Schedule>, StoreError> {
    let rows = job_schedule::Entity::find()
        .order_by_asc(job_schedule::Column::Name)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(Schedule::from).collect())
}

/// The schedule of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: Uuid) -> Result<Option<Schedule>, StoreError> {
    Ok(job_schedule::Entity::find_by_id(id).one(records.connection()).await?.map(Schedule::from))
}

/// The schedules that are due.
///
/// # Errors
/// The database failed.
pub async fn due(records: &impl Records, now: DateTime<Utc>) -> Result<Vec<Schedule>, StoreError> {
    let rows = job_schedule::Entity::find()
        .filter(job_schedule::Column::NextAt.lte(now))
        .filter(job_schedule::Column::PausedAt.is_null())
        .order_by_asc(job_schedule::Column::NextAt)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(Schedule::from).collect())
}

/// Moves a due schedule on to its next time. Of all processes that try, exactly one may ask for the job; belongs into
/// the transaction that does.
///
/// # Errors
/// The database failed.
pub async fn advance(
    records: &impl Records,
    due: &Schedule,
    next_at: DateTime<Utc>,
    job: Option<JobId>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = job_schedule::Entity::update_many()
        .col_expr(job_schedule::Column::NextAt, Expr::value(next_at))
        .col_expr(job_schedule::Column::LastAt, Expr::value(now))
        .col_expr(job_schedule::Column::LastJobId, Expr::value(job.or(due.last_job_id).map(JobId::uuid)))
        .filter(job_schedule::Column::Id.eq(due.id))
        .filter(job_schedule::Column::NextAt.eq(due.next_at))
        .filter(job_schedule::Column::PausedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Lets a schedule stand still since `paused_at`, or go on at `next_at`. False if there is none.
///
/// # Errors
/// The database failed.
pub async fn set_paused(
    records: &impl Records,
    id: Uuid,
    paused_at: Option<DateTime<Utc>>,
    next_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = job_schedule::Entity::update_many()
        .col_expr(job_schedule::Column::PausedAt, Expr::value(paused_at))
        .col_expr(job_schedule::Column::NextAt, Expr::value(next_at))
        .filter(job_schedule::Column::Id.eq(id))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Removes a schedule. False if there is none.
///
/// # Errors
/// The database failed.
pub async fn remove(records: &impl Records, id: Uuid) -> Result<bool, StoreError> {
    Ok(job_schedule::Entity::delete_by_id(id).exec(records.connection()).await?.rows_affected == 1)
}
