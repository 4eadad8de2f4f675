//! Several processes on one pipeline, over a real Redis and a real PostgreSQL.

use std::{
    collections::HashMap,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use domain::{
    Domain, DomainSettings, PipelineSettings,
    pipelines::{self, Pipelines, Stage, Watch},
};
use infra::{
    RedisAddress,
    events::{Envelope, SPEC_VERSION},
    pipelines::{definition::ColumnType, load},
    streams::{SharedStreams, redis::RedisStreams},
};
use serde_json::{Value, json};
use store::{
    Store,
    events::{EventQuery, list},
    pipelines::EtlTable,
};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::test_domain::{Furniture, house, postgres_database, server_url, until};

/// Tells the process that is to die where it works, and when it is to die.
const VICTIM: &str = "REALMKEEP_TEST_SHARED_VICTIM";
const STAGES: [Stage; 6] = [
    Stage::Read,
    Stage::Transformed,
    Stage::Delivered,
    Stage::Written,
    Stage::Committed,
    Stage::Acknowledged,
];
const SUBJECTS: usize = 7;
const CLAIM_AFTER: Duration = Duration::from_secs(1);

/// A pipeline that several processes share: every event becomes a row and an event of its own, in order.
struct Shared {
    database: String,
    /// Names pipeline, stream and table, so that nobody else's is touched.
    id: Uuid,
}

impl Shared {
    fn pipelines(&self) -> Pipelines {
        let name = self.id.simple();
        let definition = json!({
            "id": self.id,
            "name": "Shared",
            "source": {"stream": format!("t{name}")},
            "steps": [{"map": ".data"}],
            "sinks": [
                {"table": {"name": format!("t{name}"), "columns": {"subject": "integer", "number": "integer"}}},
                {"stream": {"name": format!("s{name}")}},
            ],
        });
        Pipelines::of(vec![load(&definition.to_string()).expect("is a pipeline")])
    }

    /// One process' share of the house.
    async fn open(&self, folder: &Path) -> (Domain, Store) {
        let pipelines = PipelineSettings { files: folder.join("etl"), claim_after: CLAIM_AFTER };
        let settings = DomainSettings { pipelines, ..DomainSettings::default() };
        let furniture = Furniture {
            pipelines: self.pipelines(),
            streams: redis().await,
            database: Some(self.database.clone()),
            ..Furniture::plain()
        };
        house(folder, settings, furniture).await
    }

    /// Another process that works along until it kills itself in its second batch.
    fn victim(&self, dies_at: Stage) -> Child {
        let program = std::env::current_exe().expect("this program");
        Command::new(program)
            .args(["--exact", "pipelines_shared::several_processes_share_a_pipeline_and_keep_the_order"])
            .env(VICTIM, format!("{} {} {dies_at:?}", self.database, self.id))
            .stdout(Stdio::null())
            .spawn()
            .expect("runs")
    }

    /// What this process is to die of, if it is the victim.
    fn of_victim() -> Option<(Self, Stage)> {
        let told = std::env::var(VICTIM).ok()?;
        let [database, id, stage] = told.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let stage = STAGES.into_iter().find(|known| format!("{known:?}") == stage)?;
        Some((Self { database: database.to_owned(), id: id.parse().ok()? }, stage))
    }

    /// Puts events on the stream, each subject's numbered from `first`.
    async fn tell(&self, streams: &SharedStreams, numbers: std::ops::Range<usize>) {
        let event = |subject: usize, number: usize| Envelope {
            specversion: SPEC_VERSION.to_owned(),
            id: Uuid::now_v7(),
            source: "/realmkeep/test".to_owned(),
            kind: "test.counted".to_owned(),
            subject: Some(format!("subject/{subject}")),
            time: store::now(),
            datacontenttype: "application/json".to_owned(),
            cause: None,
            correlation: None,
            actor: None,
            region: None,
            data: json!({"subject": subject, "number": number}),
        };
        let events = numbers.flat_map(|number| (0..SUBJECTS).map(move |subject| (subject, number)));
        let payloads: Vec<Bytes> = events
            .map(|(subject, number)| serde_json::to_vec(&event(subject, number)).expect("JSON").into())
            .collect();
        let stream = format!("t{}", self.id.simple());
        streams.append(&stream, &payloads).await.expect("appends");
    }

    /// Waits until `numbers` of each subject were taken in, and checks that each was so once, and in order.
    async fn check(&self, store: &Store, numbers: usize, what: &str) {
        let expected = (numbers * SUBJECTS) as u64;
        until(&format!("all is counted, {what}"), async || {
            let state = store::pipelines::find(store, self.id).await.expect("reads");
            state.is_some_and(|state| state.events_in >= expected)
        })
        .await;
        let state = store::pipelines::find(store, self.id).await.expect("reads").expect("it ran");
        assert_eq!(
            (state.events_in, state.rows_out, state.events_refused),
            (expected, expected, 0),
            "{what}"
        );
        let table =
            EtlTable::new(&format!("t{}", self.id.simple()), vec![("number".to_owned(), ColumnType::Real)]);
        let sum = (numbers * (numbers - 1) / 2 * SUBJECTS) as f64;
        assert_eq!(table.sum(store, "number").await.expect("sums up"), sum, "{what}");

        let told = EventQuery { kind: Some(format!("etl.s{}", self.id.simple())), ..EventQuery::default() };
        let told = list(store, &told, expected + 1).await.expect("reads");
        assert_eq!(told.len() as u64, expected, "{what}: each is told on once");
        let mut by_subject = HashMap::<u64, Vec<u64>>::new();
        let number = |data: &Value, field: &str| data[field].as_u64().expect("a number");
        for event in told.iter().rev() {
            let data = &event.envelope.data;
            by_subject.entry(number(data, "subject")).or_default().push(number(data, "number"));
        }
        for (subject, seen) in by_subject {
            assert!(seen.is_sorted(), "{what}: events about {subject} changed places: {seen:?}");
        }
    }
}

async fn redis() -> SharedStreams {
    let address = RedisAddress::server(&server_url("REALMKEEP_TEST_REDIS_URL"));
    Arc::new(RedisStreams::connect(&address).await.expect("Redis answers"))
}

/// A worker that, with each of its first batches in hand, waits for `other` to commit a newer one. Where order counts the
/// other won't, so that it waits in vain.
fn laggard(other: &Arc<AtomicUsize>) -> Watch {
    const BATCHES: usize = 3;
    const HOLD: Duration = Duration::from_millis(500);
    let (other, held) = (Arc::clone(other), AtomicUsize::new(0));
    Arc::new(move |stage| {
        if stage == Stage::Transformed && held.fetch_add(1, Ordering::SeqCst) < BATCHES {
            let (before, until) = (other.load(Ordering::SeqCst), Instant::now() + HOLD);
            while other.load(Ordering::SeqCst) == before && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    })
}

/// A quick worker that counts what it commits.
fn quick(commits: &Arc<AtomicUsize>) -> Watch {
    let commits = Arc::clone(commits);
    Arc::new(move |stage| {
        if stage == Stage::Committed {
            commits.fetch_add(1, Ordering::SeqCst);
        }
    })
}

/// A worker that is slow with every second batch, so that the other overtakes it.
fn uneven() -> Watch {
    let seen = AtomicUsize::new(0);
    Arc::new(move |stage| {
        if stage == Stage::Transformed && seen.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) {
            std::thread::sleep(Duration::from_millis(60));
        }
    })
}

async fn work(domain: &Domain, watch: Watch, shutdown: &CancellationToken) -> JoinSet<()> {
    pipelines::work(domain, watch, shutdown.clone()).await.expect("starts")
}

// The watches hold threads up: there have to be enough for all workers of a story, however small the machine.
/// With a victim's orders, this is the process that dies in the story below.
#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn several_processes_share_a_pipeline_and_keep_the_order() {
    const NUMBERS: usize = 300;
    let (folder, shutdown) = (tempfile::tempdir().expect("a folder"), CancellationToken::new());
    if let Some((shared, dies_at)) = Shared::of_victim() {
        let (domain, _) = shared.open(folder.path()).await;
        let seen = AtomicUsize::new(0);
        let watch: Watch = Arc::new(move |stage| {
            if stage == dies_at && seen.fetch_add(1, Ordering::SeqCst) == 1 {
                let _ = nix::sys::signal::raise(nix::sys::signal::Signal::SIGKILL);
            }
        });
        work(&domain, watch, &shutdown).await.join_all().await;
        return;
    }
    let shared = Shared { database: postgres_database().await, id: Uuid::now_v7() };
    let streams = redis().await;
    let (first, store) = shared.open(&folder.path().join("first")).await;
    for number in (0..NUMBERS).step_by(10) {
        shared.tell(&streams, number..number + 10).await;
    }
    let (second, _) = shared.open(&folder.path().join("second")).await;
    let commits = Arc::<AtomicUsize>::default();
    let (one, other) =
        tokio::join!(work(&first, laggard(&commits), &shutdown), work(&second, quick(&commits), &shutdown));
    shared.check(&store, NUMBERS, "by two").await;
    shutdown.cancel();
    one.join_all().await;
    other.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn when_a_process_is_killed_at_any_step_another_takes_over_and_every_event_counts_once() {
    let (database, folder) = (postgres_database().await, tempfile::tempdir().expect("a folder"));
    // Makes the tables, before all others come at once.
    Shared { database: database.clone(), id: Uuid::now_v7() }.open(folder.path()).await;
    futures::future::join_all(STAGES.map(|stage| killed_at(stage, &database))).await;
}

async fn killed_at(stage: Stage, database: &str) {
    let (folder, shutdown) = (tempfile::tempdir().expect("a folder"), CancellationToken::new());
    let shared = Shared { database: database.to_owned(), id: Uuid::now_v7() };
    let (streams, (domain, store)) = (redis().await, shared.open(folder.path()).await);
    let workers = work(&domain, uneven(), &shutdown).await;
    let mut victim = shared.victim(stage);
    let mut told = 0;
    let died = loop {
        shared.tell(&streams, told..told + 10).await;
        told += 10;
        if let Some(died) = victim.try_wait().expect("is ours") {
            break died;
        }
        sleep(Duration::from_millis(30)).await;
    };
    assert_eq!(died.signal(), Some(9), "{stage:?}");
    shared.check(&store, told, &format!("killed at {stage:?}")).await;
    shutdown.cancel();
    workers.join_all().await;
}
