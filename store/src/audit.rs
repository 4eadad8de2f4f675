//! Who did what: entries are added and read, never changed or removed.

use chrono::{DateTime, Utc};
use grid::{AccountId, EventId, RequestId};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};
use serde_json::Value;

use crate::{Records, StoreError, entity::audit_entry};

/// One deed.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// The entry.
    pub id: EventId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it; `None` for the server itself.
    pub actor: Option<AccountId>,
    /// What was done, such as `job.start`.
    pub action: String,
    /// What it was done to: a kind and an id.
    pub subject: String,
    /// The particulars, without secrets.
    pub details: Value,
    /// The request that it was done by.
    pub request_id: Option<RequestId>,
}

/// Adds an entry.
///
/// # Errors
/// The database failed.
pub async fn append(records: &impl Records, entry: &AuditEntry) -> Result<(), StoreError> {
    let row = audit_entry::ActiveModel {
        id: Set(entry.id.uuid()),
        at: Set(entry.at),
        actor: Set(entry.actor.map(AccountId::uuid)),
        action: Set(entry.action.clone()),
        subject: Set(entry.subject.clone()),
        details: Set(entry.details.clone()),
        request_id: Set(entry.request_id.map(RequestId::uuid)),
    };
    audit_entry::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The newest entries, the newest first.
///
/// # Errors
/// The database failed.
pub async fn latest(records: &impl Records, limit: u64) -> Result<Vec<AuditEntry>, StoreError> {
    let rows = audit_entry::Entity::find()
        .order_by_desc(audit_entry::Column::At)
        .order_by_desc(audit_entry::Column::Id)
        .limit(limit)
        .all(records.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| AuditEntry {
            id: EventId::from_uuid(row.id),
            at: row.at,
            actor: row.actor.map(AccountId::from_uuid),
            action: row.action,
            subject: row.subject,
            details: row.details,
            request_id: row.request_id.map(RequestId::from_uuid),
        })
        .collect())
}
