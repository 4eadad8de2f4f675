//! What an entry's hash covers, and finding the first entry that does not fit.

use crate::{Records, StoreError, entity::audit_log};

/// Tells blake3 what the hashes are for.
const CONTEXT: &str = "realmkeep 2026 audit log entry";
/// Entries that are read at once while checking.
const BATCH_ENTRIES: u64 = 1_000;

/// The end of the chain at some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Place of the last entry.
    pub seq: i64,
    /// Its hash, in hex.
    pub hash: String,
}

/// Where the chain is broken first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// An entry is missing.
    #[error("entry {seq} is missing")]
    Missing {
        /// Its place.
        seq: i64,
    },
    /// An entry's content is not what its hash was taken from.
    #[error("entry {seq} was changed after it was written")]
    Changed {
        /// Its place.
        seq: i64,
    },
    /// An entry does not follow the one before it.
    #[error("entry {seq} does not follow entry {before}: one of them was put in its place", before = seq - 1)]
    Misplaced {
        /// Its place.
        seq: i64,
    },
}

/// What the first entry follows.
pub(super) fn beginning() -> String {
    blake3::derive_key(CONTEXT, b"").iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of an entry, in hex. Each field is preceded by its length, or by a mark that it is absent, so that no two
/// entries are the same bytes.
pub(super) fn hash(row: &audit_log::Model) -> String {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    let mut field = |bytes: Option<&[u8]>| {
        match bytes {
            Some(bytes) => {
                hasher.update(&(bytes.len() as u64 + 1).to_le_bytes());
                hasher.update(bytes);
            }
            None => {
                hasher.update(&0_u64.to_le_bytes());
            }
        };
    };
    field(Some(row.previous.as_bytes()));
    field(Some(&row.seq.to_le_bytes()));
    field(Some(row.id.as_bytes()));
    field(Some(&row.at.timestamp_micros().to_le_bytes()));
    field(row.actor.as_ref().map(|id| id.as_bytes().as_slice()));
    field(Some(row.action.as_bytes()));
    field(Some(row.subject.as_bytes()));
    field(row.before.as_deref().map(str::as_bytes));
    field(row.after.as_deref().map(str::as_bytes));
    field(row.details.as_deref().map(str::as_bytes));
    field(row.reason.as_deref().map(str::as_bytes));
    field(row.address.as_deref().map(str::as_bytes));
    field(row.user_agent.as_deref().map(str::as_bytes));
    field(row.request_id.as_ref().map(|id| id.as_bytes().as_slice()));
    hasher.finalize().to_hex().to_string()
}

/// Goes through the whole chain; tells its head, or where it is broken first. `visit` sees each place and hash.
///
/// # Errors
/// The database failed.
pub async fn check(
    records: &impl Records,
    mut visit: impl FnMut(&Head),
) -> Result<Result<Head, Break>, StoreError> {
    let mut head = Head { seq: 0, hash: beginning() };
    loop {
        let rows = super::list::rows_after(records, head.seq, BATCH_ENTRIES).await?;
        if rows.is_empty() {
            return Ok(Ok(head));
        }
        for row in rows {
            if row.seq != head.seq + 1 {
                return Ok(Err(Break::Missing { seq: head.seq + 1 }));
            }
            if hash(&row) != row.hash {
                return Ok(Err(Break::Changed { seq: row.seq }));
            }
            if row.previous != head.hash {
                return Ok(Err(Break::Misplaced { seq: row.seq }));
            }
            head = Head { seq: row.seq, hash: row.hash };
            visit(&head);
        }
    }
}
