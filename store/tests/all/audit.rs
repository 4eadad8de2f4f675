//! The audit.

use grid::{AccountId, EventId, RequestId};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use store::audit::{self, AuditEntry, Break, Head, Wanted};
use uuid::Uuid;

use crate::databases::TestStore;

on_both_databases! {
    entries_are_read_newest_first_and_by_what_is_wanted,
    an_unbroken_chain_is_whole,
    the_database_refuses_to_change_or_remove_an_entry,
    a_changed_a_removed_and_a_moved_entry_are_found,
    many_who_write_at_once_make_one_chain,
}

fn entry(action: &str, actor: Option<AccountId>) -> AuditEntry {
    AuditEntry {
        id: EventId::from_uuid(Uuid::now_v7()),
        at: store::now(),
        actor,
        action: action.to_owned(),
        subject: "world 1".to_owned(),
        before: None,
        after: Some(json!({"name": "Demo", "nested": [1, null, "two"]})),
        details: None,
        reason: Some("because".to_owned()),
        address: Some("192.0.2.7".to_owned()),
        user_agent: None,
        request_id: Some(RequestId::from_uuid(Uuid::now_v7())),
    }
}

async fn add(test: &TestStore, entry: &AuditEntry) {
    let transaction = test.store.begin().await.expect("begins");
    audit::append(&transaction, entry).await.expect("is added");
    transaction.commit().await.expect("commits");
}

async fn check(test: &TestStore) -> Result<Head, Break> {
    audit::check(&test.store, |_| {}).await.expect("reads")
}

/// What only somebody with full power over the database can do.
async fn tamper(test: &TestStore, statement: &str) {
    let (database, guards) =
        (test.store.database(), ["audit_log_refuses_update", "audit_log_refuses_delete"]);
    if database.get_database_backend() == sea_orm::DbBackend::Postgres {
        database.execute_unprepared("ALTER TABLE audit_log DISABLE TRIGGER ALL").await.expect("as its owner");
    } else {
        for guard in guards {
            database.execute_unprepared(&format!("DROP TRIGGER IF EXISTS {guard}")).await.expect("drops");
        }
    }
    database.execute_unprepared(statement).await.expect("changes");
}

async fn entries_are_read_newest_first_and_by_what_is_wanted(test: TestStore) {
    let mira = test.account("Mira").await;
    let (first, second) = (entry("world.create", None), entry("job.start", Some(mira)));
    add(&test, &first).await;
    add(&test, &second).await;
    assert_eq!(audit::latest(&test.store, 10).await.expect("reads"), [second.clone(), first.clone()]);
    let of = async |wanted: Wanted| {
        let links = audit::list(&test.store, &wanted, 10).await.expect("reads");
        links.into_iter().map(|link| link.entry.action).collect::<Vec<_>>()
    };
    assert_eq!(of(Wanted { actor: Some(mira), ..Wanted::default() }).await, ["job.start"]);
    assert_eq!(of(Wanted { action: Some("world".into()), ..Wanted::default() }).await, ["world.create"]);
    assert_eq!(of(Wanted { action: Some("wor".into()), ..Wanted::default() }).await, [""; 0]);
    assert_eq!(of(Wanted { before: Some(2), ..Wanted::default() }).await, ["world.create"]);
    assert_eq!(of(Wanted { since: Some(second.at), ..Wanted::default() }).await, ["job.start"]);
    assert_eq!(of(Wanted { subject: Some("world 2".into()), ..Wanted::default() }).await, [""; 0]);
}

async fn an_unbroken_chain_is_whole(test: TestStore) {
    assert_eq!(check(&test).await.map(|head| head.seq), Ok(0), "nothing is whole, too");
    for _ in 0..5 {
        add(&test, &entry("world.create", None)).await;
    }
    let head = audit::head(&test.store).await.expect("reads").expect("is there");
    assert_eq!(check(&test).await, Ok(head.clone()));
    assert_eq!(head.seq, 5);
}

async fn the_database_refuses_to_change_or_remove_an_entry(test: TestStore) {
    add(&test, &entry("world.create", None)).await;
    let mut statements = vec!["UPDATE audit_log SET reason = 'another'", "DELETE FROM audit_log"];
    if test.store.database().get_database_backend() == sea_orm::DbBackend::Postgres {
        statements.push("TRUNCATE audit_log");
    }
    for statement in statements {
        let refused = test.store.database().execute_unprepared(statement).await.expect_err(statement);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(check(&test).await.map(|head| head.seq), Ok(1));
}

async fn a_changed_a_removed_and_a_moved_entry_are_found(test: TestStore) {
    for _ in 0..6 {
        add(&test, &entry("world.create", None)).await;
    }
    tamper(&test, "UPDATE audit_log SET reason = 'another' WHERE seq = 5").await;
    assert_eq!(check(&test).await, Err(Break::Changed { seq: 5 }));
    tamper(&test, "DELETE FROM audit_log WHERE seq = 3").await;
    assert_eq!(check(&test).await, Err(Break::Missing { seq: 3 }));
    tamper(&test, "UPDATE audit_log SET seq = 3 WHERE seq = 6").await;
    assert_eq!(check(&test).await, Err(Break::Changed { seq: 3 }), "its place is part of what was hashed");
}

async fn many_who_write_at_once_make_one_chain(test: TestStore) {
    let writers = (0..8).map(|_| async {
        for _ in 0..5 {
            add(&test, &entry("job.start", None)).await;
        }
    });
    futures::future::join_all(writers).await;
    assert_eq!(check(&test).await.map(|head| head.seq), Ok(40));
}
