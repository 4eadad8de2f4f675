//! The notes that use cases leave for staff.

use grid::EventId;
use serde_json::Value;
use store::{Records, StoreError, audit::AuditEntry};
use uuid::Uuid;

use crate::Actor;

/// Notes that `actor` did `action` to `subject`. Belongs into the transaction of the deed itself.
pub(crate) async fn note(
    records: &impl Records,
    actor: &Actor,
    action: &str,
    subject: String,
    details: Value,
) -> Result<(), StoreError> {
    let entry = AuditEntry {
        id: EventId::from_uuid(Uuid::now_v7()),
        at: store::now(),
        actor: actor.account,
        action: action.to_owned(),
        subject,
        details,
        request_id: Some(actor.arrival.request_id),
    };
    store::audit::append(records, &entry).await
}
