//! Adding to the end of the chain.

use grid::{AccountId, RequestId};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait as _, DbBackend, EntityTrait, IntoActiveModel as _};

use super::{AuditEntry, chain, list};
use crate::{StoreError, Transaction, entity::audit_log, records::sealed::Sealed as _};

/// Names the lock under which PostgreSQL lets one transaction at a time add to the chain. Any number would do; it has to
/// be the same in every process.
const CHAIN_LOCK: &str = "SELECT pg_advisory_xact_lock(4712380145)";

/// Adds an entry. Whoever else adds one waits until the transaction is over: let it be the last step.
///
/// # Errors
/// The database failed.
pub async fn append(transaction: &Transaction, entry: &AuditEntry) -> Result<(), StoreError> {
    let connection = transaction.connection();
    // SQLite's transactions that write are one at a time anyhow.
    if connection.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared(CHAIN_LOCK).await?;
    }
    let (last, previous) = match list::head(transaction).await? {
        Some(head) => (head.seq, head.hash),
        None => (0, chain::beginning()),
    };
    let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    let mut row = audit_log::Model {
        seq: last + 1,
        id: entry.id.uuid(),
        at: entry.at,
        actor: entry.actor.map(AccountId::uuid),
        action: entry.action.clone(),
        subject: entry.subject.clone(),
        before: text(&entry.before),
        after: text(&entry.after),
        details: text(&entry.details),
        reason: entry.reason.clone(),
        address: entry.address.clone(),
        user_agent: entry.user_agent.clone(),
        request_id: entry.request_id.map(RequestId::uuid),
        previous,
        hash: String::new(),
    };
    row.hash = chain::hash(&row);
    audit_log::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(connection).await?;
    Ok(())
}
