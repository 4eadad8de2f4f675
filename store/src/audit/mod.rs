//! Who did what: a chain of entries that are added and read, never changed or removed.
//!
//! Each entry carries the hash of the one before it and of its own content, so an entry that was changed, removed or put
//! in between is found by [`check`]. What the chain alone can't show is that its end was cut off, or that all of it was
//! written anew: for that its head is signed and kept elsewhere, by `domain`.

mod append;
mod chain;
mod list;

pub use append::append;
pub use chain::{Break, Head, check};
pub use list::{Wanted, head, latest, list};

use chrono::{DateTime, Utc};
use grid::{AccountId, EventId, RequestId};
use serde_json::Value;

use crate::{StoreError, entity::audit_log};

/// One deed.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// The entry.
    pub id: EventId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it; `None` for the server itself and for visitors.
    pub actor: Option<AccountId>,
    /// What was done, such as `job.start`.
    pub action: String,
    /// What it was done to: a kind and an id.
    pub subject: String,
    /// What it was before, if something was changed.
    pub before: Option<Value>,
    /// What it is now, if something was changed.
    pub after: Option<Value>,
    /// Further particulars, without secrets.
    pub details: Option<Value>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// Where the actor asked from.
    pub address: Option<String>,
    /// The program that the actor asked with, as it calls itself.
    pub user_agent: Option<String>,
    /// The request that it was done by.
    pub request_id: Option<RequestId>,
}

/// An entry in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its place, from 1 on, without gaps.
    pub seq: i64,
    /// The entry.
    pub entry: AuditEntry,
    /// Hash of the entry before; of nothing for the first.
    pub previous: String,
    /// Hash of all that stands here.
    pub hash: String,
}

impl TryFrom<audit_log::Model> for Link {
    type Error = StoreError;

    fn try_from(row: audit_log::Model) -> Result<Self, StoreError> {
        let read = |text: Option<String>| {
            text.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| StoreError::Unreadable {
                table: "audit_log",
                reason: format!("entry {}: {error}", row.seq),
            })
        };
        Ok(Self {
            seq: row.seq,
            entry: AuditEntry {
                id: EventId::from_uuid(row.id),
                at: row.at,
                actor: row.actor.map(AccountId::from_uuid),
                action: row.action,
                subject: row.subject,
                before: read(row.before)?,
                after: read(row.after)?,
                details: read(row.details)?,
                reason: row.reason,
                address: row.address,
                user_agent: row.user_agent,
                request_id: row.request_id.map(RequestId::from_uuid),
            },
            previous: row.previous,
            hash: row.hash,
        })
    }
}
