//! Writing down what happened, and handing it to the relay.

use chrono::{DateTime, Utc};
use grid::{AccountId, EventId, RegionId, RequestId};
use infra::events::{Envelope, SPEC_VERSION, topic_of};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Expr,
    sea_query::OnConflict,
};
use serde_json::Value;
use uuid::Uuid;

use super::{Happening, LoggedEvent};
use crate::{Records, StoreError, entity::event};

/// Events that one statement writes.
const EVENTS_OF_STATEMENT_MAX: usize = 200;

/// How an event came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The event that it followed from.
    pub cause: Option<EventId>,
    /// The request that began it all.
    pub correlation: Option<RequestId>,
    /// The account that did it.
    pub actor: Option<AccountId>,
    /// The region that it happened in.
    pub region: Option<RegionId>,
}

/// Writes down that something happened. Belongs into the transaction of the deed itself.
///
/// # Errors
/// The database failed.
pub async fn append(
    records: &impl Records,
    happening: &Happening,
    at: DateTime<Utc>,
    context: Context,
) -> Result<EventId, StoreError> {
    let id = EventId::from_uuid(Uuid::now_v7());
    append_envelope(records, &envelope(id, happening, at, context)?).await?;
    Ok(id)
}

/// The event of that id, as it would be written down.
///
/// # Errors
/// What happened can't be told as JSON.
pub fn envelope(
    id: EventId,
    happening: &Happening,
    at: DateTime<Utc>,
    context: Context,
) -> Result<Envelope, StoreError> {
    let unreadable = |reason: String| StoreError::Unreadable { table: "event", reason };
    let told = serde_json::to_value(happening).map_err(|error| unreadable(error.to_string()))?;
    let kind = told.get("type").and_then(Value::as_str).ok_or_else(|| unreadable("no type".to_owned()))?;
    Ok(Envelope {
        specversion: SPEC_VERSION.to_owned(),
        id: id.uuid(),
        source: format!("/realmkeep/{}", topic_of(kind)),
        kind: kind.to_owned(),
        subject: Some(happening.subject()),
        time: at,
        datacontenttype: "application/json".to_owned(),
        cause: context.cause.map(EventId::uuid),
        correlation: context.correlation.map(RequestId::uuid),
        actor: context.actor.map(AccountId::uuid),
        region: context.region.map(RegionId::uuid),
        data: told.get("data").cloned().unwrap_or_default(),
    })
}

/// Writes an event down as it is. One that is there already is left as it was.
///
/// # Errors
/// The database failed.
pub async fn append_envelope(records: &impl Records, envelope: &Envelope) -> Result<(), StoreError> {
    append_envelopes(records, std::slice::from_ref(envelope)).await
}

/// As [`append_envelope`], with several, in order.
///
/// # Errors
/// The database failed.
pub async fn append_envelopes(records: &impl Records, envelopes: &[Envelope]) -> Result<(), StoreError> {
    for envelopes in envelopes.chunks(EVENTS_OF_STATEMENT_MAX) {
        event::Entity::insert_many(envelopes.iter().map(row_of))
            .on_conflict(OnConflict::column(event::Column::Id).do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(records.connection())
            .await?;
    }
    Ok(())
}

fn row_of(envelope: &Envelope) -> event::ActiveModel {
    event::ActiveModel {
        id: Set(envelope.id),
        topic: Set(envelope.topic().to_owned()),
        kind: Set(envelope.kind.clone()),
        source: Set(envelope.source.clone()),
        subject: Set(envelope.subject.clone()),
        occurred_at: Set(envelope.time),
        cause: Set(envelope.cause),
        correlation: Set(envelope.correlation),
        actor: Set(envelope.actor),
        region: Set(envelope.region),
        data: Set(envelope.data.clone()),
        relayed_at: Set(None),
        ..event::ActiveModel::default()
    }
}

/// The oldest events that are not on their streams yet, in order.
///
/// # Errors
/// The database failed.
pub async fn unrelayed(records: &impl Records, limit: u64) -> Result<Vec<LoggedEvent>, StoreError> {
    let rows = event::Entity::find()
        .filter(event::Column::RelayedAt.is_null())
        .order_by_asc(event::Column::Seq)
        .limit(limit)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(LoggedEvent::from).collect())
}

/// When the oldest event that waits for the relay happened.
///
/// # Errors
/// The database failed.
pub async fn oldest_unrelayed(records: &impl Records) -> Result<Option<DateTime<Utc>>, StoreError> {
    let oldest = unrelayed(records, 1).await?;
    Ok(oldest.first().map(|event| event.envelope.time))
}

/// Notes that events are on their streams.
///
/// # Errors
/// The database failed: then they will be put there once more.
pub async fn mark_relayed(
    records: &impl Records,
    seqs: &[i64],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    event::Entity::update_many()
        .col_expr(event::Column::RelayedAt, Expr::value(now))
        .filter(event::Column::Seq.is_in(seqs.iter().copied()))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Hands events that happened since then to the relay once more; returns how many. Streams in memory begin empty, and
/// whoever has seen an event knows it.
///
/// # Errors
/// The database failed.
pub async fn reopen(records: &impl Records, since: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = event::Entity::update_many()
        .col_expr(event::Column::RelayedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(event::Column::RelayedAt.is_not_null())
        .filter(event::Column::OccurredAt.gte(since))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}
