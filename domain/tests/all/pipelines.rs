//! Pipelines, from the event to the row.

use std::{
    collections::HashSet,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use api::pipeline::RetryDeadLettersRequest;
use chrono::{DateTime, Utc};
use domain::{
    Domain, DomainSettings, Error, PipelineSettings, events,
    pipelines::{self, Pipelines, Stage, Watch},
};
use grid::{AccountId, CharacterId, EntityId, RegionId, SessionId, WorldId};
use infra::pipelines::{definition::ColumnType, load};
use store::{
    Store,
    events::{Context, Happening},
    pipelines::EtlTable,
};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::test_domain::{Furniture, TestDomain, house, may, until};

const ID: &str = "0198a0c0-0000-7000-8000-00000000000a";
/// Where the victim of a kill finds its house, and when it is to die.
const VICTIM_FOLDER: &str = "REALMKEEP_TEST_VICTIM_FOLDER";
const VICTIM_DIES_AT: &str = "REALMKEEP_TEST_VICTIM_DIES_AT";
const STAGES: [Stage; 6] = [
    Stage::Read,
    Stage::Transformed,
    Stage::Delivered,
    Stage::Written,
    Stage::Committed,
    Stage::Acknowledged,
];
const HITS: usize = 500;

fn damage_by_class() -> Pipelines {
    pipeline(
        r#"[{"window": {"size_s": 3600, "key": {"class": ".data.class"}, "measures": {
            "hits": "count", "damage": {"sum": ".data.damage"}, "p50": {"percentile": {"of": ".data.damage", "at": 50}}}}}]"#,
        r#"[{"table": {"name": "damage"}}]"#,
    )
}

/// Every hit as a row and as a line of a file.
fn every_hit() -> Pipelines {
    pipeline(
        r#"[{"map": ".data | {class, damage}"}]"#,
        r#"[{"table": {"name": "hit", "columns": {"class": "text", "damage": "integer"}}}, {"file": {"name": "hits"}}, {"stream": {"name": "hits"}}]"#,
    )
}

pub(crate) fn pipeline(steps: &str, sinks: &str) -> Pipelines {
    let text = format!(
        r#"{{"id": "{ID}", "name": "Test", "source": {{"topic": "combat.*"}}, "steps": {steps}, "sinks": {sinks}}}"#
    );
    Pipelines::of(vec![load(&text).expect("is a pipeline")])
}

pub(crate) fn id() -> Uuid {
    ID.parse().expect("a UUID")
}

pub(crate) fn hit(class: &str, damage: u32) -> Happening {
    let entity = || EntityId::from_uuid(Uuid::now_v7());
    Happening::CombatHit {
        attacker_id: entity(),
        target_id: entity(),
        class: class.to_owned(),
        level: 3,
        action: "srd:longsword".to_owned(),
        hit: damage > 0,
        critical: false,
        damage,
        damage_type: "slashing".to_owned(),
    }
}

pub(crate) async fn happens(store: &Store, happening: &Happening, at: DateTime<Utc>) {
    store::events::append(store, happening, at, Context::default()).await.expect("is written down");
}

pub(crate) fn ten_o_clock() -> DateTime<Utc> {
    "2026-11-29T10:00:00Z".parse().expect("a time")
}

fn unwatched() -> Watch {
    Arc::new(|_| {})
}

pub(crate) async fn work(domain: &Domain) -> (JoinSet<()>, CancellationToken) {
    let shutdown = CancellationToken::new();
    let workers = pipelines::work(domain, unwatched(), shutdown.clone()).await.expect("starts");
    (workers, shutdown)
}

pub(crate) async fn stop((workers, shutdown): (JoinSet<()>, CancellationToken)) {
    shutdown.cancel();
    workers.join_all().await;
}

async fn events_in(store: &Store) -> u64 {
    let state = store::pipelines::find(store, id()).await.expect("reads");
    state.map(|state| state.events_in + state.events_refused).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn hits_are_summed_up_by_class_and_hour() {
    let test = TestDomain::with_pipelines(damage_by_class()).await;
    let owner = test.owner().await;
    let workers = work(&test.domain).await;
    for damage in 1..=9 {
        happens(&test.store, &hit("rogue", damage), ten_o_clock()).await;
        happens(&test.store, &hit("wizard", damage * 2), ten_o_clock()).await;
    }
    happens(&test.store, &hit("rogue", 100), ten_o_clock() + chrono::TimeDelta::hours(1)).await;
    events::relay_all(&test.domain).await.expect("relays");
    until("all is counted", async || events_in(&test.store).await == 19).await;
    let rows = pipelines::rows(&test.domain, &may(&owner), id()).await.expect("reads");
    assert_eq!(rows.table, "etl_damage");
    assert_eq!(rows.columns, ["window_start", "window_end", "class", "damage", "hits", "p50"]);
    let told: Vec<_> = rows
        .rows
        .iter()
        .map(|row| {
            (
                row["window_start"].as_str().unwrap(),
                row["class"].as_str().unwrap(),
                row["hits"].as_u64().unwrap(),
                row["damage"].as_f64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2026-11-29T11:00:00Z", "rogue", 1, 100.0),
            ("2026-11-29T10:00:00Z", "rogue", 9, 45.0),
            ("2026-11-29T10:00:00Z", "wizard", 9, 90.0),
        ]
    );
    let p50 = rows.rows[1]["p50"].as_f64().expect("a number");
    assert!((p50 - 5.0).abs() <= 0.05, "{p50}");
    let view = pipelines::get(&test.domain, &may(&owner), id()).await.expect("reads");
    assert_eq!((view.events_in, view.lag, view.dead_letters), (19, Some(0), 0));
    stop(workers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_delivered_twice_counts_once() {
    let test = TestDomain::with_pipelines(damage_by_class()).await;
    for _ in 0..50 {
        happens(&test.store, &hit("rogue", 2), ten_o_clock()).await;
    }
    events::relay_all(&test.domain).await.expect("relays");
    store::events::reopen(&test.store, DateTime::UNIX_EPOCH).await.expect("reopens");
    events::relay_all(&test.domain).await.expect("relays once more");
    let workers = work(&test.domain).await;
    let owner = test.owner().await;
    until("all is read", async || {
        pipelines::get(&test.domain, &may(&owner), id()).await.expect("reads").lag == Some(0)
    })
    .await;
    let view = pipelines::get(&test.domain, &may(&owner), id()).await.expect("reads");
    assert_eq!((view.events_in, view.events_repeated), (50, 50));
    assert_eq!(sum(&test.store, "damage", "damage").await, 100.0);
    stop(workers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_workers_share_a_pipeline() {
    let test = TestDomain::with_pipelines(damage_by_class()).await;
    for _ in 0..HITS {
        happens(&test.store, &hit("rogue", 1), ten_o_clock()).await;
    }
    events::relay_all(&test.domain).await.expect("relays");
    let (one, other, third) = tokio::join!(work(&test.domain), work(&test.domain), work(&test.domain));
    until("all is counted", async || events_in(&test.store).await == HITS as u64).await;
    assert_eq!(sum(&test.store, "damage", "hits").await, HITS as f64);
    for workers in [one, other, third] {
        stop(workers).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_makes_no_sense_is_kept_and_tried_again() {
    let number = pipeline(
        r#"[{"enrich": {"table": "character", "key": ".data.by", "into": "character"}}, {"map": "{race: .character.race, level: (.data.level + 1 - (.character.race | length) + (.character.race | if . == null then error(\"no such character\") else 0 end))}"}]"#,
        r#"[{"table": {"name": "kill", "columns": {"race": "text", "level": "integer"}}}]"#,
    );
    let test = TestDomain::with_pipelines(number).await;
    let owner = test.owner().await;
    let workers = work(&test.domain).await;
    let by = Uuid::now_v7();
    let killed = Happening::CombatKilled {
        entity_id: EntityId::from_uuid(Uuid::now_v7()),
        by: Some(EntityId::from_uuid(by)),
        class: "rogue".to_owned(),
        level: 7,
    };
    happens(&test.store, &killed, ten_o_clock()).await;
    events::relay_all(&test.domain).await.expect("relays");
    until("it is kept", async || {
        !pipelines::list_dead_letters(&test.domain, &may(&owner), id(), None)
            .await
            .expect("lists")
            .items
            .is_empty()
    })
    .await;
    let letter = pipelines::list_dead_letters(&test.domain, &may(&owner), id(), None)
        .await
        .expect("lists")
        .items
        .remove(0);
    assert_eq!(
        (letter.step.as_str(), letter.attempts, letter.kind.as_str()),
        ("steps[1].map", 1, "combat.killed")
    );
    assert!(letter.reason.contains("no such character"), "{}", letter.reason);

    let again = RetryDeadLettersRequest { letter_id: Some(letter.id) };
    pipelines::retry_dead_letters(&test.domain, &may(&owner), id(), again).await.expect("is queued");
    until("it failed again", async || {
        let letters =
            pipelines::list_dead_letters(&test.domain, &may(&owner), id(), None).await.expect("lists");
        letters.items.first().is_some_and(|letter| letter.attempts == 2)
    })
    .await;

    let account = owner.account.expect("signed in");
    let character = store::characters::Character {
        id: CharacterId::from_uuid(by),
        account_id: account,
        world_id: test.world,
        name: "Late".to_owned(),
        race: "elf".to_owned(),
        position: grid::Position { x: 0, y: 0, z: 0 },
        created_at: ten_o_clock(),
        updated_at: ten_o_clock(),
        last_played_at: None,
    };
    store::characters::insert(&test.store, &character).await.expect("is there now");
    let all = RetryDeadLettersRequest::default();
    assert_eq!(
        pipelines::retry_dead_letters(&test.domain, &may(&owner), id(), all).await.expect("is queued").queued,
        1
    );
    until("it went well", async || {
        pipelines::get(&test.domain, &may(&owner), id()).await.expect("reads").rows_out == 1
    })
    .await;
    assert_eq!(sum(&test.store, "kill", "level").await, 5.0);
    assert!(
        pipelines::list_dead_letters(&test.domain, &may(&owner), id(), None)
            .await
            .expect("lists")
            .items
            .is_empty()
    );
    stop(workers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tail_shows_what_becomes_of_the_newest_events() {
    let strong = pipeline(
        r#"[{"filter": ".data.damage > 1"}, {"map": ".data | {class, twice: (.damage * 2)}"}]"#,
        r#"[{"table": {"name": "strong", "columns": {"class": "text", "twice": "integer"}}}]"#,
    );
    let test = TestDomain::with_pipelines(strong).await;
    let owner = test.owner().await;
    for damage in 1..=30 {
        happens(&test.store, &hit("rogue", damage), ten_o_clock()).await;
    }
    let tail = async || pipelines::tail(&test.domain, &may(&owner), id()).await.expect("reads").events;
    let before = tail().await;
    assert_eq!(before.len(), 20, "bounded");
    assert!(before.iter().all(|event| !event.taken_in && event.passages.len() == 2));
    assert_eq!(before[0].passages[1].output, [r#"{"class":"rogue","twice":60}"#], "the newest comes first");
    events::relay_all(&test.domain).await.expect("relays");
    let workers = work(&test.domain).await;
    until("all is counted", async || events_in(&test.store).await == 30).await;
    happens(&test.store, &hit("wizard", 1), ten_o_clock()).await;
    let after = tail().await;
    assert_eq!((after[0].taken_in, after[1].taken_in), (false, true));
    assert_eq!((after[0].passages.len(), after[0].passages[0].output.len()), (1, 0), "it is filtered out");
    assert_eq!(events_in(&test.store).await, 30, "nothing is counted by looking");
    stop(workers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_pipeline_loses_nothing() {
    let test = TestDomain::with_pipelines(damage_by_class()).await;
    let owner = test.owner().await;
    pipelines::pause(&test.domain, &may(&owner), id()).await.expect("is paused");
    assert!(matches!(pipelines::pause(&test.domain, &may(&owner), id()).await, Err(Error::Conflict(_))));
    let workers = work(&test.domain).await;
    happens(&test.store, &hit("rogue", 3), ten_o_clock()).await;
    events::relay_all(&test.domain).await.expect("relays");
    let view = pipelines::get(&test.domain, &may(&owner), id()).await.expect("reads");
    assert!(view.paused_at.is_some());
    assert_eq!((view.events_in, view.lag), (0, Some(1)));
    pipelines::resume(&test.domain, &may(&owner), id()).await.expect("goes on");
    until("it is counted", async || events_in(&test.store).await == 1).await;
    stop(workers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_pipelines_understand_the_events_of_the_house() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/pipelines");
    let test = TestDomain::with_pipelines(Pipelines::in_folder(&folder).expect("are right")).await;
    let owner = test.owner().await;
    let account: AccountId = owner.account.expect("signed in");
    let character = || CharacterId::from_uuid(Uuid::now_v7());
    happens(&test.store, &hit("rogue", 7), ten_o_clock()).await;
    let left = Happening::SessionLeft {
        session_id: SessionId::from_uuid(Uuid::now_v7()),
        account_id: account,
        character_id: character(),
        world_id: WorldId::from_uuid(Uuid::now_v7()),
        region_id: RegionId::from_uuid(Uuid::now_v7()),
        seconds: 1_800.5,
        ending: "left".to_owned(),
    };
    happens(&test.store, &left, ten_o_clock()).await;
    let looted = Happening::EconomyTransferred {
        from: None,
        to: Some(character()),
        reason: "loot".to_owned(),
        item: "gold".to_owned(),
        quantity: 250,
    };
    happens(&test.store, &looted, ten_o_clock()).await;
    events::relay_all(&test.domain).await.expect("relays");
    let workers = work(&test.domain).await;
    until("each has counted its event", async || {
        let listed = pipelines::list(&test.domain, &may(&owner)).await.expect("lists").items;
        listed.len() == 3 && listed.iter().all(|view| view.events_in == 1 && view.dead_letters == 0)
    })
    .await;
    for (table, column, expected) in [
        ("combat_by_class", "damage", 7.0),
        ("player_retention", "seconds", 1_800.5),
        ("economy_flow", "quantity", 250.0),
    ] {
        assert_eq!(sum(&test.store, table, column).await, expected, "{table}");
    }
    stop(workers).await;
}

/// Without a killer, this is a story of its own. With one, it is the process that dies in the story below.
#[tokio::test(flavor = "multi_thread")]
async fn every_hit_becomes_a_row_and_a_line() {
    let own = tempfile::tempdir().expect("a folder");
    let (folder, dies_at) = match (std::env::var(VICTIM_FOLDER), std::env::var(VICTIM_DIES_AT)) {
        (Ok(folder), Ok(stage)) => {
            (folder.into(), STAGES.into_iter().find(|known| format!("{known:?}") == stage))
        }
        _ => {
            let (_, store) = open(own.path()).await;
            for _ in 0..HITS {
                happens(&store, &hit("rogue", 1), store::now()).await;
            }
            (own.path().to_owned(), None)
        }
    };
    let seen = AtomicUsize::new(0);
    let watch: Watch = Arc::new(move |stage| {
        // The second batch: so there is something before it and something behind.
        if Some(stage) == dies_at && seen.fetch_add(1, Ordering::SeqCst) == 1 {
            let _ = nix::sys::signal::raise(nix::sys::signal::Signal::SIGKILL);
        }
    });
    count_all(&folder, watch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_killed_at_any_step_counts_every_event_once() {
    for stage in STAGES {
        let folder = tempfile::tempdir().expect("a folder");
        let (_, store) = open(folder.path()).await;
        for _ in 0..HITS {
            happens(&store, &hit("rogue", 1), store::now()).await;
        }
        store.close().await.expect("closes");
        let program = std::env::current_exe().expect("this program");
        let died = Command::new(program)
            .args(["--exact", "pipelines::every_hit_becomes_a_row_and_a_line"])
            .env(VICTIM_FOLDER, folder.path())
            .env(VICTIM_DIES_AT, format!("{stage:?}"))
            .output()
            .expect("runs");
        assert_eq!(died.status.signal(), Some(9), "{stage:?}: {}", String::from_utf8_lossy(&died.stdout));
        count_all(folder.path(), unwatched()).await;
    }
}

/// Runs the house in a folder until every hit is counted, and checks that each is counted once.
async fn count_all(folder: &Path, watch: Watch) {
    let (domain, store) = open(folder).await;
    let shutdown = CancellationToken::new();
    let relay = tokio::spawn(events::relay(domain.clone(), shutdown.clone()));
    let workers = pipelines::work(&domain, watch, shutdown.clone()).await.expect("starts");
    until("all is counted", async || events_in(&store).await == HITS as u64).await;
    assert_eq!(sum(&store, "hit", "damage").await, HITS as f64);
    let published =
        store::events::count_by_kind(&store, DateTime::UNIX_EPOCH, store::now() + chrono::TimeDelta::days(1));
    assert!(published.await.expect("counts").contains(&("etl.hits".to_owned(), HITS as u64)));
    let lines = std::fs::read_to_string(folder.join("etl/hits.ndjson")).expect("is there");
    let ids: HashSet<_> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"]
                .as_str()
                .expect("an id")
                .to_owned()
        })
        .collect();
    assert_eq!(ids.len(), HITS, "a line may stand there twice, under one id");
    shutdown.cancel();
    workers.join_all().await;
    relay.await.expect("ends");
}

async fn open(folder: &Path) -> (Domain, Store) {
    let files = folder.join("etl");
    let pipeline_settings = PipelineSettings { files, ..PipelineSettings::default() };
    let settings = DomainSettings { pipelines: pipeline_settings, ..DomainSettings::default() };
    house(folder, settings, Furniture { pipelines: every_hit(), ..Furniture::plain() }).await
}

async fn sum(store: &Store, table: &str, column: &str) -> f64 {
    EtlTable::new(table, vec![(column.to_owned(), ColumnType::Real)])
        .sum(store, column)
        .await
        .expect("sums up")
}
