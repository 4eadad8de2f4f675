//! How long callers wait while the event bus changes hands: 20,000 numbered messages a second on topics, entries on a
//! stream, and 200 movers who publish at 20 Hz, while the bus goes in-process → Redis → in-process, again and again.
//!
//! `swap_pauses --redis redis://127.0.0.1:6379 [--out file.json]`; `cargo xtask bench swap` starts the Redis.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use infra::{
    NodeError, RedisAddress,
    bus::{Delivery, SharedBus},
    jobs::{self, OpenJobs},
    nodes::{Drivers, Household, Jobs, Order, Plan, Sessions, table},
    sessions::{SharedSessions, redis::RedisSessions},
    streams::{Reader, SharedStreams, Start},
};
use serde_json::{Value, json};
use tokio::{
    task::JoinHandle,
    time::{Instant, MissedTickBehavior, interval, sleep},
};
use uuid::Uuid;

const TOPICS: u64 = 20;
/// Each topic's share of 20,000 messages a second, in batches of one per millisecond.
const MESSAGES_PER_MS: u64 = 20;
const MOVERS: usize = 200;
const MOVE_EVERY: Duration = Duration::from_millis(50);
const ENTRIES_PER_BATCH: u64 = 10;
const APPEND_EVERY: Duration = Duration::from_millis(10);
const SWAPS: usize = 60;
const BETWEEN_SWAPS: Duration = Duration::from_millis(250);

struct Options {
    redis: String,
    out: Option<PathBuf>,
}

fn options() -> Result<Options> {
    let mut arguments = std::env::args().skip(1);
    let (mut redis, mut out) = (None, None);
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--redis" => redis = Some(value),
            "--out" => out = Some(PathBuf::from(value)),
            _ => anyhow::bail!("unknown option {name}"),
        }
    }
    Ok(Options { redis: redis.context("--redis is missing")?, out })
}

/// What a load leaves behind.
#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    /// The longest wait of any publisher since it was last taken, in microseconds.
    longest_us: AtomicU64,
    published: AtomicU64,
    refused: AtomicU64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = options()?;
    let folder = tempfile::tempdir().context("no temporary folder")?;
    let household = furnish(folder.path(), &options.redis).await?;
    let node = household.nodes.iter().next().context("no event bus")?;
    let shared = Arc::new(Shared::default());
    let listeners = listen(&household.bus).await?;
    let mut tasks = vec![spawn_publisher(&household.bus, &shared)];
    tasks.extend((0..MOVERS).map(|mover| spawn_mover(&household.bus, &shared, mover)));
    let consumed = spawn_consumer(&household.streams, &shared).await?;
    let appended = spawn_appender(&household.streams, &shared);
    sleep(Duration::from_secs(1)).await;

    let orders = [
        Order { driver: "redis".to_owned(), config: json!({"servers": [options.redis]}), state: None },
        Order { driver: "in_process".to_owned(), config: json!({}), state: None },
    ];
    let (mut gates, mut waits, mut tooks) = (Vec::new(), Vec::new(), Vec::new());
    let began = Instant::now();
    for swap in 0..SWAPS {
        sleep(BETWEEN_SWAPS).await;
        shared.longest_us.store(0, Ordering::Relaxed);
        let done = node.swap(&orders[swap % orders.len()]).await.context("a swap failed")?;
        sleep(Duration::from_millis(50)).await;
        gates.push(done.pause_us);
        waits.push(shared.longest_us.load(Ordering::Relaxed));
        tooks.push(u64::try_from(done.took.as_micros()).unwrap_or(u64::MAX));
    }
    let seconds = began.elapsed().as_secs_f64();
    let published_per_s = shared.published.load(Ordering::Relaxed) as f64 / seconds;
    shared.stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.context("a publisher panicked")?;
    }
    let (appended, consumed) = (appended.await?, consumed.await?);
    ensure!(
        consumed == (0..appended).collect::<Vec<_>>(),
        "{appended} appended, {} consumed",
        consumed.len()
    );
    for listener in listeners {
        listener.abort();
    }
    let (heard, gaps) = (HEARD.load(Ordering::Relaxed), GAPS.load(Ordering::Relaxed));
    let figures = json!({
        "swaps": SWAPS,
        "messages_per_s": published_per_s.round(),
        "movers": MOVERS,
        "gate_closed_us": percentiles(gates),
        "longest_wait_of_a_publisher_us": percentiles(waits),
        "swap_took_us": percentiles(tooks),
        "messages": {"published": shared.published.load(Ordering::Relaxed), "heard": heard, "gaps_told": gaps,
            "refused": shared.refused.load(Ordering::Relaxed), "gaps_unnoticed": UNNOTICED.load(Ordering::Relaxed)},
        "entries": {"appended": appended, "consumed_once_in_order": consumed.len()},
        "cpu_s": cpu_time::ProcessTime::now().as_duration().as_secs_f64(),
    });
    write(&figures, options.out)
}

/// Nobody signs in here, but a process has somebody who would know.
async fn sessions(redis: &str) -> Result<Sessions> {
    let kept: SharedSessions = Arc::new(RedisSessions::connect(&RedisAddress::server(redis)).await?);
    let embedded = Arc::clone(&kept);
    let drivers = Drivers::new().with("database", move |_: table::NoSettings, _| {
        let kept = Arc::clone(&kept);
        async move { Ok(kept) }
    });
    Ok(Sessions { embedded, drivers })
}

/// Nobody asks for jobs either.
#[derive(Debug)]
struct NoJobs;

#[async_trait::async_trait]
impl OpenJobs for NoJobs {
    async fn open_jobs(&self) -> Result<Vec<(Uuid, jobs::Order)>, NodeError> {
        Ok(Vec::new())
    }
}

async fn furnish(folder: &std::path::Path, redis: &str) -> Result<Household> {
    let plan = Plan {
        files: Vec::new(),
        folder: folder.to_owned(),
        data: folder.to_owned(),
        sessions: sessions(redis).await?,
        jobs: Jobs { beside: None, open: Arc::new(NoJobs) },
        event_bus: None,
        fixed: Vec::new(),
    };
    Ok(Household::furnish(plan).await?)
}

static HEARD: AtomicU64 = AtomicU64::new(0);
static GAPS: AtomicU64 = AtomicU64::new(0);
static UNNOTICED: AtomicU64 = AtomicU64::new(0);

/// One listener a topic, which notices when a number is missing without a word.
async fn listen(bus: &SharedBus) -> Result<Vec<JoinHandle<()>>> {
    let mut listeners = Vec::new();
    for topic in 0..TOPICS {
        let mut subscription = bus.subscribe(&format!("bench.{topic}")).await?;
        listeners.push(tokio::spawn(async move {
            let (mut expected, mut is_after_gap) = (0, false);
            while let Some(delivery) = subscription.next().await {
                match delivery {
                    Delivery::Message(payload) => {
                        let number = u64::from_le_bytes(payload.as_ref().try_into().unwrap_or_default());
                        if number != expected && !is_after_gap {
                            UNNOTICED.fetch_add(1, Ordering::Relaxed);
                        }
                        (expected, is_after_gap) = (number + 1, false);
                        HEARD.fetch_add(1, Ordering::Relaxed);
                    }
                    Delivery::Lagged(_) => {
                        is_after_gap = true;
                        GAPS.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        }));
    }
    Ok(listeners)
}

async fn publish(bus: &SharedBus, shared: &Shared, topic: &str, payload: Bytes) -> bool {
    let began = Instant::now();
    let is_out = bus.publish(topic, payload).await.is_ok();
    let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    shared.longest_us.fetch_max(took, Ordering::Relaxed);
    if is_out { &shared.published } else { &shared.refused }.fetch_add(1, Ordering::Relaxed);
    is_out
}

fn spawn_publisher(bus: &SharedBus, shared: &Arc<Shared>) -> JoinHandle<()> {
    let (bus, shared) = (Arc::clone(bus), Arc::clone(shared));
    tokio::spawn(async move {
        let mut due = interval(Duration::from_millis(1));
        due.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut number = 0;
        while !shared.stop.load(Ordering::Relaxed) {
            due.tick().await;
            let payload = Bytes::copy_from_slice(&u64::to_le_bytes(number));
            let batch = (0..MESSAGES_PER_MS).map(|topic| {
                let (bus, shared, payload) = (&bus, &shared, payload.clone());
                async move { publish(bus, shared, &format!("bench.{topic}"), payload).await }
            });
            futures::future::join_all(batch).await;
            number += 1;
        }
    })
}

fn spawn_mover(bus: &SharedBus, shared: &Arc<Shared>, mover: usize) -> JoinHandle<()> {
    let (bus, shared) = (Arc::clone(bus), Arc::clone(shared));
    tokio::spawn(async move {
        let mut due = interval(MOVE_EVERY);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        sleep(Duration::from_micros(u64::try_from(mover).unwrap_or_default() * 250)).await;
        while !shared.stop.load(Ordering::Relaxed) {
            due.tick().await;
            publish(&bus, &shared, "bench.moves", Bytes::from_static(b"a step to the north")).await;
        }
    })
}

fn spawn_appender(streams: &SharedStreams, shared: &Arc<Shared>) -> JoinHandle<u64> {
    let (streams, shared) = (Arc::clone(streams), Arc::clone(shared));
    tokio::spawn(async move {
        let mut next = 0;
        while !shared.stop.load(Ordering::Relaxed) {
            let batch: Vec<Bytes> = (next..next + ENTRIES_PER_BATCH)
                .map(|number: u64| Bytes::copy_from_slice(&number.to_le_bytes()))
                .collect();
            if streams.append("bench.entries", &batch).await.is_ok() {
                next += ENTRIES_PER_BATCH;
            }
            sleep(APPEND_EVERY).await;
        }
        next
    })
}

async fn spawn_consumer(streams: &SharedStreams, shared: &Arc<Shared>) -> Result<JoinHandle<Vec<u64>>> {
    streams.join("bench.entries", "bench", Start::Beginning).await?;
    let (streams, shared) = (Arc::clone(streams), Arc::clone(shared));
    Ok(tokio::spawn(async move {
        let reader = Reader { stream: "bench.entries".into(), group: "bench".into(), consumer: "one".into() };
        let mut seen = Vec::new();
        loop {
            let is_last = shared.stop.load(Ordering::Relaxed);
            let entries = streams.read(&reader, 100, Duration::from_millis(200)).await.unwrap_or_default();
            if is_last && entries.is_empty() {
                return seen;
            }
            let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
            let number =
                |payload: &Bytes| u64::from_le_bytes(payload.as_ref().try_into().unwrap_or_default());
            seen.extend(entries.iter().map(|entry| number(&entry.payload)));
            while streams.ack("bench.entries", "bench", &ids).await.is_err() {}
        }
    }))
}

fn percentiles(mut values: Vec<u64>) -> Value {
    values.sort_unstable();
    let at = |share: f64| {
        let last = values.len().saturating_sub(1);
        values.get((share * last as f64).round() as usize).copied().unwrap_or_default()
    };
    json!({"p50": at(0.5), "p99": at(0.99), "max": at(1.0)})
}

#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
fn write(figures: &Value, out: Option<PathBuf>) -> Result<()> {
    match out {
        Some(file) => std::fs::write(&file, figures.to_string())
            .with_context(|| format!("can't write {}", file.display())),
        None => {
            println!("{figures:#}");
            Ok(())
        }
    }
}
