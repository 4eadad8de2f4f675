//! Reading what happened, and forgetting what happened long ago.

use chrono::{DateTime, Utc};
use grid::EventId;
use infra::events::{Envelope, SPEC_VERSION};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::ExprTrait as _,
};
use uuid::Uuid;

use crate::{Records, StoreError, entity::event};

/// An event of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedEvent {
    /// Its place in the log.
    pub seq: i64,
    /// The event.
    pub envelope: Envelope,
    /// When it was put on its stream; `None` while it waits.
    pub relayed_at: Option<DateTime<Utc>>,
}

impl From<event::Model> for LoggedEvent {
    fn from(row: event::Model) -> Self {
        let envelope = Envelope {
            specversion: SPEC_VERSION.to_owned(),
            id: row.id,
            source: row.source,
            kind: row.kind,
            subject: row.subject,
            time: row.occurred_at,
            datacontenttype: "application/json".to_owned(),
            cause: row.cause,
            correlation: row.correlation,
            actor: row.actor,
            region: row.region,
            data: row.data,
        };
        Self { seq: row.seq, envelope, relayed_at: row.relayed_at }
    }
}

/// Which events to read. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// The type, or a beginning of it with `*` behind.
    pub kind: Option<String>,
    /// What it happened to.
    pub subject: Option<String>,
    /// The request that began it.
    pub correlation: Option<Uuid>,
    /// The account that did it.
    pub actor: Option<Uuid>,
    /// Only what stands before this place in the log.
    pub before_seq: Option<i64>,
}

/// Events, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(
    records: &impl Records,
    wanted: &EventQuery,
    limit: u64,
) -> Result<Vec<LoggedEvent>, StoreError> {
    let mut query = event::Entity::find().order_by_desc(event::Column::Seq).limit(limit);
    if let Some(kind) = wanted.kind.as_deref().filter(|kind| *kind != "*") {
        query = match kind.strip_suffix('*') {
            Some(beginning) => query
                .filter(event::Column::Kind.gte(beginning))
                // The character behind all that may stand in a type.
                .filter(event::Column::Kind.lt(format!("{beginning}~"))),
            None => query.filter(event::Column::Kind.eq(kind)),
        };
    }
    if let Some(subject) = &wanted.subject {
        query = query.filter(event::Column::Subject.eq(subject));
    }
    if let Some(correlation) = wanted.correlation {
        query = query.filter(event::Column::Correlation.eq(correlation));
    }
    if let Some(actor) = wanted.actor {
        query = query.filter(event::Column::Actor.eq(actor));
    }
    if let Some(before) = wanted.before_seq {
        query = query.filter(event::Column::Seq.lt(before));
    }
    Ok(query.all(records.connection()).await?.into_iter().map(LoggedEvent::from).collect())
}

/// The event of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: EventId) -> Result<Option<LoggedEvent>, StoreError> {
    let row = event::Entity::find().filter(event::Column::Id.eq(id.uuid())).one(records.connection()).await?;
    Ok(row.map(LoggedEvent::from))
}

#[derive(FromQueryResult)]
struct Counted {
    kind: String,
    count: i64,
}

/// How many events of each type happened from `from` until before `until`.
///
/// # Errors
/// The database failed.
pub async fn count_by_kind(
    records: &impl Records,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(String, u64)>, StoreError> {
    let counted = event::Entity::find()
        .select_only()
        .column(event::Column::Kind)
        .column_as(event::Column::Seq.count(), "count")
        .filter(event::Column::OccurredAt.gte(from).and(event::Column::OccurredAt.lt(until)))
        .group_by(event::Column::Kind)
        .order_by_asc(event::Column::Kind)
        .into_model::<Counted>()
        .all(records.connection())
        .await?;
    Ok(counted.into_iter().map(|row| (row.kind, row.count.cast_unsigned())).collect())
}

/// Removes events that happened before `before` and are on their streams; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = event::Entity::delete_many()
        .filter(event::Column::OccurredAt.lt(before))
        .filter(event::Column::RelayedAt.is_not_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}
