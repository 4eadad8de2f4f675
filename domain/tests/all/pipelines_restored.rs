//! What pipelines have counted comes back with a copy of the database, and goes on from there.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::{
    Domain, DomainSettings, PipelineSettings, accounts, events,
    pipelines::{self, Pipelines},
};
use grid::EntityId;
use infra::pipelines::{definition::ColumnType, load};
use store::{
    DatabaseSettings, Store,
    backup::{self, BackupError},
    events::{Context, Happening},
    pipelines::EtlTable,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::test_domain::{Furniture, OWNER_EMAIL, PASSWORD, house, postgres_database, until};

const SUMS: &str = "0198a0c0-0000-7000-8000-0000000000b1";
const ROWS: &str = "0198a0c0-0000-7000-8000-0000000000b2";

/// Sums by class, and a row for each event.
fn two_pipelines() -> Pipelines {
    let sums = format!(
        r#"{{"id": "{SUMS}", "name": "Sums", "source": {{"topic": "combat.*"}}, "steps": [{{"window": {{
            "size_s": 3600, "key": {{"class": ".data.class"}},
            "measures": {{"hits": "count", "p50": {{"percentile": {{"of": ".data.damage", "at": 50}}}}}}}}}}],
            "sinks": [{{"table": {{"name": "sums"}}}}]}}"#
    );
    let rows = format!(
        r#"{{"id": "{ROWS}", "name": "Rows", "source": {{"topic": "combat.*"}},
            "steps": [{{"map": "{{class: .data.class, damage: .data.damage, share: (.data.damage / 3), at: .time}}"}}],
            "sinks": [{{"table": {{"name": "hits", "columns":
                {{"class": "text", "damage": "integer", "share": "real", "at": "time"}}}}}}]}}"#
    );
    Pipelines::of([sums, rows].map(|text| load(&text).expect("is a pipeline")).into())
}

async fn open(folder: &Path, database: &str) -> (Domain, Store) {
    let pipelines = PipelineSettings { files: folder.join("etl"), ..PipelineSettings::default() };
    let settings = DomainSettings { pipelines, ..DomainSettings::default() };
    let database = Some(database.to_owned());
    house(folder, settings, Furniture { pipelines: two_pipelines(), database, ..Furniture::plain() }).await
}

async fn hits(store: &Store, count: u32) {
    let at: DateTime<Utc> = "2026-11-29T10:00:00.123456Z".parse().expect("a time");
    for damage in 1..=count {
        let hit = Happening::CombatHit {
            attacker_id: EntityId::from_uuid(Uuid::now_v7()),
            target_id: EntityId::from_uuid(Uuid::now_v7()),
            class: "rogue \u{fffd} \"'\\ Ünïcode".to_owned(),
            level: 3,
            action: String::new(),
            hit: true,
            critical: false,
            damage,
            damage_type: "slashing".to_owned(),
        };
        store::events::append(store, &hit, at, Context::default()).await.expect("is written down");
    }
}

/// Lets the pipelines work until both have taken in so many events, and have no more to do.
async fn work(domain: &Domain, store: &Store, count: u64) {
    let shutdown = CancellationToken::new();
    let workers =
        pipelines::work(domain, std::sync::Arc::new(|_| {}), shutdown.clone()).await.expect("starts");
    events::relay_all(domain).await.expect("relays");
    until("all is taken in", async || {
        let states = store::pipelines::find_all(store).await.expect("reads");
        states.len() == 2 && states.iter().all(|state| state.events_in == count)
    })
    .await;
    shutdown.cancel();
    workers.join_all().await;
}

async fn rows(store: &Store, pipeline: &str) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let real = |name: &str, kind| (name.to_owned(), kind);
    let table = if pipeline == SUMS {
        EtlTable::new(
            "sums",
            vec![
                real("window_start", ColumnType::Time),
                real("class", ColumnType::Text),
                real("hits", ColumnType::Integer),
                real("p50", ColumnType::Real),
            ],
        )
    } else {
        EtlTable::new(
            "hits",
            vec![
                real("class", ColumnType::Text),
                real("damage", ColumnType::Integer),
                real("share", ColumnType::Real),
                real("at", ColumnType::Time),
            ],
        )
    };
    table.newest(store, 1_000).await.expect("reads")
}

/// Counts, copies, restores elsewhere with `restore`, which gives the new database's address, and counts on.
async fn counts_on(database: &str, restore: impl AsyncFnOnce(&Path) -> String) {
    let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (domain, store) = open(here.path(), database).await;
    accounts::seed_owner(&domain, OWNER_EMAIL, Some(PASSWORD.into())).await.expect("seeds");
    hits(&store, 50).await;
    work(&domain, &store, 50).await;
    // These are on their streams, and nobody has taken them in when the copy is made.
    hits(&store, 10).await;
    events::relay_all(&domain).await.expect("relays");
    let copy = here.path().join("copy");
    std::fs::create_dir(&copy).expect("a folder");
    backup::copy(&store, &copy).await.expect("is copied");
    let (sums, each) = (rows(&store, SUMS).await, rows(&store, ROWS).await);
    assert_eq!((sums[0]["hits"].as_u64(), each.len()), (Some(50), 50));
    // What happens after the copy is not in it.
    hits(&store, 5).await;
    work(&domain, &store, 65).await;

    let restored = restore(&copy).await;
    let (domain, store) = open(there.path(), &restored).await;
    assert_eq!(rows(&store, SUMS).await, sums);
    assert_eq!(rows(&store, ROWS).await, each);
    let owner = store::accounts::find_by_email(&store, OWNER_EMAIL).await.expect("reads");
    assert!(owner.is_some(), "people come back as well");
    let made_at = "2026-11-29T11:00:00Z".parse().expect("a time");
    let again = events::reopen_restored(&store, made_at).await.expect("are told again");
    assert_eq!(again, 61, "sixty hits, and that there is an owner");
    work(&domain, &store, 60).await;
    hits(&store, 3).await;
    work(&domain, &store, 63).await;
    assert_eq!(rows(&store, SUMS).await[0]["hits"].as_u64(), Some(63), "each event once");
    assert_eq!(rows(&store, ROWS).await.len(), 63);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_postgres_brings_pipelines_back_to_where_they_were() {
    counts_on(&postgres_database().await, async |copy| {
        let url = postgres_database().await;
        let settings = DatabaseSettings { url: url.clone(), max_connections: 1 };
        let store = Store::connect(&settings).await.expect("opens");
        migration::up(store.database()).await.expect("migrates");
        backup::restore_postgres(&store, copy).await.expect("is restored");
        let over_it = backup::restore_postgres(&store, copy).await;
        assert!(matches!(over_it, Err(BackupError::NotEmpty { .. })), "{over_it:?}");
        url
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_sqlite_brings_pipelines_back_to_where_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = |name: &str| format!("sqlite://{}?mode=rwc", folder.path().join(name).display());
    counts_on(&url("before.db"), async |copy| {
        backup::restore_sqlite(copy, &folder.path().join("after.db")).await.expect("is restored");
        url("after.db")
    })
    .await;
}

#[tokio::test]
async fn a_damaged_list_of_pipelines_tables_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, store) = open(folder.path(), &postgres_database().await).await;
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).expect("a folder");
    backup::copy(&store, &copy).await.expect("is copied");
    let column = r#"{"table": "account", "column": "id", "type": "text", "is_key": true}"#;
    std::fs::write(copy.join("etl.columns.ndjson"), column).expect("is written");
    let refused = backup::restore_postgres(&store, &copy).await;
    assert!(matches!(refused, Err(BackupError::Damaged { .. })), "{refused:?}");
}
