//! Background jobs: what they do and how far they are. The queue hands out the ids; the truth is here.

use chrono::{DateTime, Utc};
use grid::{AccountId, JobId};
use infra::jobs::Order;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, prelude::Expr, sea_query::ExprTrait as _,
};
use serde_json::Value;

use crate::{Records, StoreError, entity::job};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Waits for a worker.
    Queued,
    /// A worker is on it, or was when it died.
    Running,
    /// Done.
    Succeeded,
    /// Given up.
    Failed,
    /// Stopped on request.
    Cancelled,
}

impl JobState {
    const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Succeeded, Self::Failed, Self::Cancelled];
    /// The states that something may still happen in.
    const OPEN: [&'static str; 2] = [Self::Queued.name(), Self::Running.name()];

    /// Its name in the database and in events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRecord {
    /// The job.
    pub id: JobId,
    /// What it does.
    pub kind: String,
    /// With what.
    pub arguments: Value,
    /// Where it stands.
    pub state: JobState,
    /// Steps done.
    pub progress_done: u64,
    /// Steps in all; 0 while unknown.
    pub progress_total: u64,
    /// What it says about itself.
    pub message: Option<String>,
    /// Why it failed, or what went wrong the last time.
    pub error: Option<String>,
    /// How often a worker took it up.
    pub attempts: u32,
    /// Higher ones come first.
    pub priority: u32,
    /// The name under which it was asked for, if it got one. A second one of that name is not made.
    pub idempotency_key: Option<String>,
    /// How often someone had it tried again after its end.
    pub retries: u32,
    /// Who asked for it; `None` for the server itself.
    pub requested_by: Option<AccountId>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When a worker first took it up.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Until when it waits before it is put into the queue anew, if it does.
    pub due_at: Option<DateTime<Utc>>,
    /// How often it was put into the queue anew.
    pub turn: u32,
}

impl JobRecord {
    /// When its turn comes in the queue.
    #[must_use]
    pub const fn order(&self) -> Order {
        Order { priority: self.priority, turn: self.turn }
    }
}

impl TryFrom<job::Model> for JobRecord {
    type Error = StoreError;

    fn try_from(row: job::Model) -> Result<Self, StoreError> {
        let state = JobState::ALL.into_iter().find(|state| state.name() == row.state).ok_or_else(|| {
            StoreError::Unreadable { table: "job", reason: format!("state {:?}", row.state) }
        })?;
        Ok(Self {
            id: JobId::from_uuid(row.id),
            kind: row.kind,
            arguments: row.arguments,
            state,
            progress_done: row.progress_done.cast_unsigned(),
            progress_total: row.progress_total.cast_unsigned(),
            message: row.message,
            error: row.error,
            attempts: row.attempts.cast_unsigned(),
            priority: row.priority.cast_unsigned(),
            idempotency_key: row.idempotency_key,
            retries: row.retries.cast_unsigned(),
            requested_by: row.requested_by.map(AccountId::from_uuid),
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
            due_at: row.due_at,
            turn: row.turn.cast_unsigned(),
        })
    }
}

/// Adds a job.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &JobRecord) -> Result<(), StoreError> {
    let row = job::ActiveModel {
        id: Set(new.id.uuid()),
        kind: Set(new.kind.clone()),
        arguments: Set(new.arguments.clone()),
        state: Set(new.state.name().to_owned()),
        progress_done: Set(new.progress_done.cast_signed()),
        progress_total: Set(new.progress_total.cast_signed()),
        message: Set(new.message.clone()),
        error: Set(new.error.clone()),
        attempts: Set(new.attempts.cast_signed()),
        priority: Set(new.priority.cast_signed()),
        idempotency_key: Set(new.idempotency_key.clone()),
        retries: Set(new.retries.cast_signed()),
        requested_by: Set(new.requested_by.map(AccountId::uuid)),
        created_at: Set(new.created_at),
        started_at: Set(new.started_at),
        finished_at: Set(new.finished_at),
        due_at: Set(new.due_at),
        turn: Set(new.turn.cast_signed()),
    };
    job::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The job of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: JobId) -> Result<Option<JobRecord>, StoreError> {
    job::Entity::find_by_id(id.uuid()).one(records.connection()).await?.map(JobRecord::try_from).transpose()
}

/// The job that was asked for under that name.
///
/// # Errors
/// The database failed.
pub async fn find_by_key(records: &impl Records, key: &str) -> Result<Option<JobRecord>, StoreError> {
    let row =
        job::Entity::find().filter(job::Column::IdempotencyKey.eq(key)).one(records.connection()).await?;
    row.map(JobRecord::try_from).transpose()
}

/// Which jobs to list. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobQuery {
    /// Where they stand.
    pub state: Option<JobState>,
    /// What they do.
    pub kind: Option<String>,
    /// A text that is in their error.
    pub text: Option<String>,
    /// Only those that are older than this one, which is the last one of the page before.
    pub before: Option<JobId>,
}

/// A page of jobs, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(
    records: &impl Records,
    wanted: &JobQuery,
    limit: u64,
) -> Result<Vec<JobRecord>, StoreError> {
    // Ids are UUIDv7, so their order is the order of creation.
    let mut query = job::Entity::find().order_by_desc(job::Column::Id).limit(limit);
    if let Some(before) = wanted.before {
        query = query.filter(job::Column::Id.lt(before.uuid()));
    }
    if let Some(state) = wanted.state {
        query = query.filter(job::Column::State.eq(state.name()));
    }
    if let Some(kind) = &wanted.kind {
        query = query.filter(job::Column::Kind.eq(kind));
    }
    if let Some(text) = &wanted.text {
        query = query.filter(job::Column::Error.contains(text));
    }
    query.all(records.connection()).await?.into_iter().map(JobRecord::try_from).collect()
}

/// How many jobs stand there.
///
/// # Errors
/// The database failed.
pub async fn count(records: &impl Records, state: JobState) -> Result<u64, StoreError> {
    Ok(job::Entity::find().filter(job::Column::State.eq(state.name())).count(records.connection()).await?)
}

/// Jobs that wait or ran when their worker was last heard of, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn list_open(records: &impl Records) -> Result<Vec<JobRecord>, StoreError> {
    let rows = job::Entity::find()
        .filter(job::Column::State.is_in(JobState::OPEN))
        .order_by_asc(job::Column::Id)
        .all(records.connection())
        .await?;
    rows.into_iter().map(JobRecord::try_from).collect()
}

/// Open jobs of a kind, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn list_open_of(records: &impl Records, kind: &str) -> Result<Vec<JobRecord>, StoreError> {
    let rows = job::Entity::find()
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::State.is_in(JobState::OPEN))
        .order_by_asc(job::Column::Id)
        .all(records.connection())
        .await?;
    rows.into_iter().map(JobRecord::try_from).collect()
}

/// Postponed jobs whose moment has come by `now`, the longest waiting first.
///
/// # Errors
/// The database failed.
pub async fn list_due(
    records: &impl Records,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<JobRecord>, StoreError> {
    let rows = job::Entity::find()
        .filter(job::Column::DueAt.lte(now))
        .filter(job::Column::State.eq(JobState::Queued.name()))
        .order_by_asc(job::Column::DueAt)
        .limit(limit)
        .all(records.connection())
        .await?;
    rows.into_iter().map(JobRecord::try_from).collect()
}

/// Notes that a postponed job is in the queue for that turn.
///
/// # Errors
/// The database failed.
pub async fn note_offered(records: &impl Records, id: JobId, turn: u32) -> Result<(), StoreError> {
    job::Entity::update_many()
        .col_expr(job::Column::DueAt, Expr::value(None::<DateTime<Utc>>))
        .filter(still_open(id))
        // A worker may have taken it up and postponed it once more.
        .filter(job::Column::Turn.eq(turn.cast_signed()))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Notes that a job could not be put into the queue: it is due, as a postponed one whose moment has come.
///
/// # Errors
/// The database failed.
pub async fn note_not_offered(
    records: &impl Records,
    id: JobId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    job::Entity::update_many()
        .col_expr(job::Column::DueAt, Expr::value(now))
        .filter(still_open(id))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Marks an open job as taken up by a worker, and counts the attempt. False if it has ended meanwhile.
///
/// # Errors
/// The database failed.
pub async fn take_up(records: &impl Records, id: JobId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let outcome = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Running.name()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
        .col_expr(job::Column::StartedAt, Expr::col(job::Column::StartedAt).if_null(Expr::value(now)))
        .col_expr(job::Column::DueAt, Expr::value(None::<DateTime<Utc>>))
        .filter(still_open(id))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Puts a running job back that was interrupted: it waits for a worker again, and the attempt does not count.
///
/// # Errors
/// The database failed.
pub async fn put_back(records: &impl Records, id: JobId) -> Result<(), StoreError> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Queued.name()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).sub(1))
        .col_expr(job::Column::Error, Expr::value(None::<String>))
        .filter(still_open(id))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Why a running job is to be run again later, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Postponement<'a> {
    /// What stood in its way.
    pub error: &'a str,
    /// Not before this moment.
    pub due_at: DateTime<Utc>,
    /// Whether the attempt was one of those that it has.
    pub attempt_counts: bool,
}

/// Lets a running job wait for its moment, outside of the queue.
///
/// # Errors
/// The database failed.
pub async fn postpone(
    records: &impl Records,
    id: JobId,
    postponement: Postponement<'_>,
) -> Result<(), StoreError> {
    let uncounted = i32::from(!postponement.attempt_counts);
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Queued.name()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).sub(uncounted))
        .col_expr(job::Column::Error, Expr::value(postponement.error))
        .col_expr(job::Column::DueAt, Expr::value(postponement.due_at))
        .col_expr(job::Column::Turn, Expr::col(job::Column::Turn).add(1))
        .filter(still_open(id))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Notes how far a running job is. False if it is not running any more, which is how a worker learns that it was
/// cancelled.
///
/// # Errors
/// The database failed.
pub async fn note_progress(
    records: &impl Records,
    id: JobId,
    done: u64,
    total: u64,
) -> Result<bool, StoreError> {
    let outcome = job::Entity::update_many()
        .col_expr(job::Column::ProgressDone, Expr::value(done.cast_signed()))
        .col_expr(job::Column::ProgressTotal, Expr::value(total.cast_signed()))
        .filter(job::Column::Id.eq(id.uuid()))
        .filter(job::Column::State.eq(JobState::Running.name()))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Ends an open job in `state`. False if it had ended before.
///
/// # Errors
/// The database failed.
pub async fn finish(
    records: &impl Records,
    id: JobId,
    state: JobState,
    error: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(state.name()))
        .col_expr(job::Column::Error, Expr::value(error.map(str::to_owned)))
        .col_expr(job::Column::FinishedAt, Expr::value(now))
        .filter(still_open(id))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Lets a job that failed or was cancelled wait for a worker once more, with all its attempts before it. False if it
/// did neither.
///
/// # Errors
/// The database failed.
pub async fn try_again(records: &impl Records, id: JobId) -> Result<bool, StoreError> {
    let outcome = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Queued.name()))
        .col_expr(job::Column::Attempts, Expr::value(0))
        .col_expr(job::Column::Retries, Expr::col(job::Column::Retries).add(1))
        .col_expr(job::Column::Turn, Expr::col(job::Column::Turn).add(1))
        .col_expr(job::Column::DueAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(job::Column::Error, Expr::value(None::<String>))
        .col_expr(job::Column::FinishedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(job::Column::Id.eq(id.uuid()))
        .filter(job::Column::State.is_in([JobState::Failed.name(), JobState::Cancelled.name()]))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Removes jobs that ended before `before`; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = job::Entity::delete_many()
        .filter(job::Column::FinishedAt.lt(before))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}

fn still_open(id: JobId) -> Condition {
    Condition::all().add(job::Column::Id.eq(id.uuid())).add(job::Column::State.is_in(JobState::OPEN))
}
