//! The audit.

use grid::{EventId, RequestId};
use serde_json::json;
use store::audit::{self, AuditEntry};
use uuid::Uuid;

use crate::databases::{TestStore, after};

on_both_databases! { entries_are_read_newest_first }

async fn entries_are_read_newest_first(test: TestStore) {
    let actor = test.account("Mira").await;
    let first = AuditEntry {
        id: EventId::from_uuid(Uuid::now_v7()),
        at: store::now(),
        actor: None,
        action: "world.create".to_owned(),
        subject: "world 1".to_owned(),
        details: json!({"name": "Demo", "nested": [1, null, "two"]}),
        request_id: None,
    };
    let second = AuditEntry {
        id: EventId::from_uuid(Uuid::now_v7()),
        at: after(first.at, 1),
        actor: Some(actor),
        request_id: Some(RequestId::from_uuid(Uuid::now_v7())),
        ..first.clone()
    };
    audit::append(&test.store, &first).await.expect("is added");
    audit::append(&test.store, &second).await.expect("is added");
    assert_eq!(audit::latest(&test.store, 10).await.expect("reads"), [second.clone(), first]);
    assert_eq!(audit::latest(&test.store, 1).await.expect("reads"), [second]);
}
