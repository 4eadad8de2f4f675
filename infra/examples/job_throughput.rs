//! How many jobs a second the queue takes and runs: added one by one with fifty in flight, in bulk, run by a worker of fifty,
//! and from end to end.
//!
//! `job_throughput --redis redis://127.0.0.1:6379 [--jobs 20000] [--out file.json]`; `cargo xtask bench jobs` starts the Redis and
//! measures BullMQ beside it, in the same scenarios (`xtask/bullmq/throughput.mjs`).

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context as _, Result};
use async_trait::async_trait;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use infra::{
    RedisAddress,
    jobs::{JobHandler, JobQueue, Order, Verdict, WorkerSettings},
};
use serde_json::{Value, json};
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const IN_FLIGHT: usize = 50;
const CONCURRENCY: usize = 50;
const BULK: usize = 1_000;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut redis, mut jobs, mut out) = (None, 20_000, None::<PathBuf>);
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--redis" => redis = Some(value),
            "--jobs" => jobs = value.parse().context("--jobs is no number")?,
            "--out" => out = Some(value.into()),
            _ => anyhow::bail!("unknown option {name}"),
        }
    }
    let address = RedisAddress::server(&redis.context("--redis is missing")?);
    let figures = json!({
        "add": add(&queue(&address).await?, jobs).await?,
        "bulk_add": bulk_add(&queue(&address).await?, jobs).await?,
        "process": process(&queue(&address).await?, jobs).await?,
        "end_to_end": end_to_end(&queue(&address).await?, jobs).await?,
    });
    write(&figures, out)
}

async fn queue(address: &RedisAddress) -> Result<JobQueue> {
    Ok(JobQueue::connect_redis(address, &format!("bench-{}", Uuid::now_v7())).await?)
}

fn ids(count: usize) -> Vec<Uuid> {
    (0..count).map(|_| Uuid::now_v7()).collect()
}

async fn add(queue: &JobQueue, count: usize) -> Result<Value> {
    let jobs = ids(count);
    let clock = Clock::start();
    push_each(queue, &jobs, |_| {}).await?;
    Ok(clock.figures(count))
}

async fn bulk_add(queue: &JobQueue, count: usize) -> Result<Value> {
    let jobs = ids(count);
    let clock = Clock::start();
    push_in_bulk(queue, &jobs).await?;
    Ok(clock.figures(count))
}

async fn process(queue: &JobQueue, count: usize) -> Result<Value> {
    push_in_bulk(queue, &ids(count)).await?;
    let clock = Clock::start();
    let work = Work::start(queue, count);
    work.done().await;
    let figures = clock.figures(count);
    work.stop().await;
    Ok(figures)
}

async fn end_to_end(queue: &JobQueue, count: usize) -> Result<Value> {
    let jobs = ids(count);
    let work = Work::start(queue, count);
    let clock = Clock::start();
    push_each(queue, &jobs, |job| work.count.note(job)).await?;
    work.done().await;
    let mut figures = clock.figures(count);
    let mut latencies = std::mem::take(&mut *lock(&work.count.latencies_us));
    work.stop().await;
    latencies.sort_unstable();
    let at = |share: f64| latencies[(share * (latencies.len() - 1) as f64).round() as usize];
    figures["latency_us_p50"] = at(0.5).into();
    figures["latency_us_p99"] = at(0.99).into();
    Ok(figures)
}

async fn push_each(queue: &JobQueue, jobs: &[Uuid], before: impl Fn(Uuid)) -> Result<()> {
    let pushes = stream::iter(jobs.iter().map(|job| {
        before(*job);
        queue.push(*job, Order::default())
    }));
    Ok(pushes.buffer_unordered(IN_FLIGHT).try_collect::<Vec<()>>().await.map(|_| ())?)
}

async fn push_in_bulk(queue: &JobQueue, jobs: &[Uuid]) -> Result<()> {
    for some in jobs.chunks(BULK) {
        let some: Vec<(Uuid, Order)> = some.iter().map(|job| (*job, Order::default())).collect();
        queue.push_all(&some).await?;
    }
    Ok(())
}

/// Counts jobs, and how long they waited.
struct Count {
    rest: AtomicUsize,
    done: Notify,
    added: Mutex<HashMap<Uuid, Instant>>,
    latencies_us: Mutex<Vec<u64>>,
}

impl Count {
    fn note(&self, job: Uuid) {
        lock(&self.added).insert(job, Instant::now());
    }
}

#[async_trait]
impl JobHandler for Count {
    async fn run(&self, job: Uuid, _: CancellationToken) -> Verdict {
        let added = lock(&self.added).get(&job).copied();
        if let Some(added) = added {
            lock(&self.latencies_us).push(u64::try_from(added.elapsed().as_micros()).unwrap_or(u64::MAX));
        }
        if self.rest.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.done.notify_one();
        }
        Verdict::Finished
    }
}

/// A worker, and what it counts.
struct Work {
    count: Arc<Count>,
    worker: infra::jobs::WorkerHandle,
    shutdown: CancellationToken,
    _pause: watch::Sender<bool>,
}

impl Work {
    fn start(queue: &JobQueue, jobs: usize) -> Self {
        let count = Arc::new(Count {
            rest: AtomicUsize::new(jobs),
            done: Notify::new(),
            added: Mutex::default(),
            latencies_us: Mutex::default(),
        });
        let (pause, paused) = watch::channel(false);
        let shutdown = CancellationToken::new();
        let settings = WorkerSettings { concurrency: CONCURRENCY };
        let worker = queue.work(settings, Arc::clone(&count) as _, paused, shutdown.clone());
        Self { count, worker, shutdown, _pause: pause }
    }

    async fn done(&self) {
        self.count.done.notified().await;
    }

    async fn stop(self) {
        self.shutdown.cancel();
        self.worker.stopped().await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Wall time and this process' time on the processor.
struct Clock {
    began: Instant,
    cpu: cpu_time::ProcessTime,
}

impl Clock {
    fn start() -> Self {
        Self { began: Instant::now(), cpu: cpu_time::ProcessTime::now() }
    }

    fn figures(&self, jobs: usize) -> Value {
        let (took_s, cpu_us) = (self.began.elapsed().as_secs_f64(), self.cpu.elapsed().as_micros());
        json!({
            "per_s": (jobs as f64 / took_s).round() as u64,
            "cpu_us_per_job": u64::try_from(cpu_us).unwrap_or(u64::MAX) / jobs.max(1) as u64,
        })
    }
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
