//! Dead letters: events that a consumer could make nothing of, kept until someone has looked.

use chrono::{DateTime, Utc};
use grid::EventId;
use infra::events::Envelope;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::Expr, sea_query::ExprTrait as _,
};
use uuid::Uuid;

use crate::{Records, StoreError, entity::dead_letter};

/// Where a dead letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Waits for someone to look at it.
    Open,
    /// Someone asked for another try.
    Queued,
    /// Another try went well.
    Settled,
}

impl LetterState {
    const ALL: [Self; 3] = [Self::Open, Self::Queued, Self::Settled];

    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Queued => "queued",
            Self::Settled => "settled",
        }
    }
}

/// An event that a consumer could make nothing of.
#[derive(Clone, Debug, PartialEq)]
pub struct DeadLetter {
    /// The letter.
    pub id: Uuid,
    /// Who could make nothing of it.
    pub consumer: String,
    /// The event. What was no event at all stands in its `data`.
    pub envelope: Envelope,
    /// Where it failed.
    pub step: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: LetterState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it failed the last time.
    pub failed_at: DateTime<Utc>,
}

impl TryFrom<dead_letter::Model> for DeadLetter {
    type Error = StoreError;

    fn try_from(row: dead_letter::Model) -> Result<Self, StoreError> {
        let unreadable = |reason: String| StoreError::Unreadable { table: "dead_letter", reason };
        let state = LetterState::ALL.into_iter().find(|state| state.name() == row.state);
        Ok(Self {
            id: row.id,
            consumer: row.consumer,
            envelope: serde_json::from_value(row.envelope).map_err(|error| unreadable(error.to_string()))?,
            step: row.step,
            reason: row.reason,
            state: state.ok_or_else(|| unreadable(format!("state {:?}", row.state)))?,
            attempts: row.attempts.cast_unsigned(),
            failed_at: row.failed_at,
        })
    }
}

/// Keeps a letter.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, letter: &DeadLetter) -> Result<(), StoreError> {
    let envelope = serde_json::to_value(&letter.envelope)
        .map_err(|error| StoreError::Unreadable { table: "dead_letter", reason: error.to_string() })?;
    let row = dead_letter::ActiveModel {
        id: Set(letter.id),
        consumer: Set(letter.consumer.clone()),
        event_id: Set(letter.envelope.id),
        envelope: Set(envelope),
        step: Set(letter.step.clone()),
        reason: Set(letter.reason.clone()),
        state: Set(letter.state.name().to_owned()),
        attempts: Set(letter.attempts.cast_signed()),
        failed_at: Set(letter.failed_at),
        settled_at: Set(None),
    };
    dead_letter::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// A consumer's letters in a state, the newest first: those older than `before`.
///
/// # Errors
/// The database failed.
pub async fn list(
    records: &impl Records,
    consumer: &str,
    state: LetterState,
    before: Option<EventId>,
    limit: u64,
) -> Result<Vec<DeadLetter>, StoreError> {
    // Ids are UUIDv7, so their order is the order of failing.
    let mut query = dead_letter::Entity::find()
        .filter(dead_letter::Column::Consumer.eq(consumer))
        .filter(dead_letter::Column::State.eq(state.name()))
        .order_by_desc(dead_letter::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(dead_letter::Column::Id.lt(before.uuid()));
    }
    query.all(records.connection()).await?.into_iter().map(DeadLetter::try_from).collect()
}

/// How many letters a consumer has in a state.
///
/// # Errors
/// The database failed.
pub async fn count(records: &impl Records, consumer: &str, state: LetterState) -> Result<u64, StoreError> {
    Ok(dead_letter::Entity::find()
        .filter(dead_letter::Column::Consumer.eq(consumer))
        .filter(dead_letter::Column::State.eq(state.name()))
        .count(records.connection())
        .await?)
}

/// Asks for another try of one open letter, or of all of a consumer's; returns how many.
///
/// # Errors
/// The database failed.
pub async fn queue(records: &impl Records, consumer: &str, letter: Option<Uuid>) -> Result<u64, StoreError> {
    let mut update = dead_letter::Entity::update_many()
        .col_expr(dead_letter::Column::State, Expr::value(LetterState::Queued.name()))
        .filter(dead_letter::Column::Consumer.eq(consumer))
        .filter(dead_letter::Column::State.eq(LetterState::Open.name()));
    if let Some(letter) = letter {
        update = update.filter(dead_letter::Column::Id.eq(letter));
    }
    Ok(update.exec(records.connection()).await?.rows_affected)
}

/// Settles a queued letter. False if someone else did; belongs into the transaction of what the event did.
///
/// # Errors
/// The database failed.
pub async fn settle(records: &impl Records, letter: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let outcome = dead_letter::Entity::update_many()
        .col_expr(dead_letter::Column::State, Expr::value(LetterState::Settled.name()))
        .col_expr(dead_letter::Column::SettledAt, Expr::value(now))
        .filter(dead_letter::Column::Id.eq(letter))
        .filter(dead_letter::Column::State.eq(LetterState::Queued.name()))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Opens a queued letter again, since another try failed as well.
///
/// # Errors
/// The database failed.
pub async fn fail_again(
    records: &impl Records,
    letter: Uuid,
    step: &str,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    dead_letter::Entity::update_many()
        .col_expr(dead_letter::Column::State, Expr::value(LetterState::Open.name()))
        .col_expr(dead_letter::Column::Attempts, Expr::col(dead_letter::Column::Attempts).add(1))
        .col_expr(dead_letter::Column::Step, Expr::value(step))
        .col_expr(dead_letter::Column::Reason, Expr::value(reason))
        .col_expr(dead_letter::Column::FailedAt, Expr::value(now))
        .filter(dead_letter::Column::Id.eq(letter))
        .filter(dead_letter::Column::State.eq(LetterState::Queued.name()))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Removes letters that were settled before `before`; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = dead_letter::Entity::delete_many()
        .filter(dead_letter::Column::SettledAt.lt(before))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}
