//! The worker: takes ids from the queue and runs a handler for each, watched, until told to stop.
//!
//! An apalis worker ends when its database fails once, and there are reports of workers that fall silent. So a
//! supervisor stands around it: it notices an end and a silence, and starts another one.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use apalis::prelude::{
    BackendExt, Data, Event, EventListenerExt, WorkerBuilder, WorkerBuilderExt, WorkerError,
};
use async_trait::async_trait;
use tokio::{
    task::JoinHandle,
    time::{interval, sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use uuid::Uuid;

use super::{Driver, JobQueue, QueuedJob, postgres_storage, sqlite_storage};

/// How often a worker tells the queue that it lives.
pub(super) const HEARTBEAT_INTERVAL: Duration = Duration::from_secs(2);
/// After so many missed heartbeats a worker's jobs are offered to others.
pub(super) const MISSED_HEARTBEATS_MAX: usize = 3;
/// How often an idle worker looks for a job.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// A worker that was silent so long is stopped and started anew.
const SILENCE_LIMIT: Duration = Duration::from_secs(20);
/// How long running handlers may take to notice a shutdown.
const DRAIN_LIMIT: Duration = Duration::from_secs(10);
const RESTART_PAUSE: Duration = Duration::from_secs(1);

/// What a worker does with each job.
#[async_trait]
pub trait JobHandler: Send + Sync + 'static {
    /// Runs a job to its end, or until `shutdown` is cancelled; then it should return soon.
    async fn run(&self, job: Uuid, shutdown: CancellationToken) -> Verdict;
}

/// How a run ended, as far as the queue is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The queue may forget the job: it succeeded, or failed for good.
    Finished,
    /// The queue shall offer the job again.
    RunAgain {
        /// Not sooner than this.
        pause: Duration,
    },
}

/// How a worker works.
#[derive(Clone, Debug)]
pub struct WorkerSettings {
    /// Jobs at the same time in this process.
    pub concurrency: usize,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self { concurrency: 2 }
    }
}

/// Why a worker would not run a job now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkerIllness {
    /// It did not give a sign of life for too long.
    #[error("the job worker has been silent for {silent_s} s")]
    Silent {
        /// Seconds since its last sign of life.
        silent_s: u64,
    },
    /// It stopped by itself and will be started again.
    #[error("the job worker stopped: {0}")]
    Stopped(String),
}

/// A running worker.
#[derive(Debug)]
pub struct WorkerHandle {
    supervisor: JoinHandle<()>,
    pulse: Arc<Pulse>,
}

impl WorkerHandle {
    /// A view of the worker's condition that outlives moves of the handle.
    #[must_use]
    pub fn pulse(&self) -> Arc<Pulse> {
        Arc::clone(&self.pulse)
    }

    /// Waits until the worker has stopped after its shutdown was requested.
    pub async fn stopped(self) {
        if self.supervisor.await.is_err() {
            tracing::error!("the job worker's supervisor panicked");
        }
    }
}

/// Signs of life of a worker.
#[derive(Debug)]
pub struct Pulse {
    started: Instant,
    last_beat_ms: AtomicU64,
    stopped: Mutex<Option<String>>,
}

impl Pulse {
    fn new() -> Self {
        Self { started: Instant::now(), last_beat_ms: AtomicU64::new(0), stopped: Mutex::new(None) }
    }

    fn beat(&self) {
        let now_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_beat_ms.store(now_ms, Ordering::Relaxed);
    }

    fn silence(&self) -> Duration {
        let last = Duration::from_millis(self.last_beat_ms.load(Ordering::Relaxed));
        self.started.elapsed().saturating_sub(last)
    }

    fn record_stop(&self, reason: Option<String>) {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = reason;
    }

    /// Whether the worker takes jobs now.
    ///
    /// # Errors
    /// It does not, and why.
    pub fn check(&self) -> Result<(), WorkerIllness> {
        if let Some(reason) = self.stopped.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Err(WorkerIllness::Stopped(reason));
        }
        let silence = self.silence();
        if silence > HEARTBEAT_INTERVAL * u32::try_from(MISSED_HEARTBEATS_MAX).unwrap_or(u32::MAX) {
            return Err(WorkerIllness::Silent { silent_s: silence.as_secs() });
        }
        Ok(())
    }
}

impl JobQueue {
    /// Starts a worker of this queue. It stops when `shutdown` is cancelled, after its running jobs returned.
    #[must_use]
    pub fn work(
        &self,
        settings: WorkerSettings,
        handler: Arc<dyn JobHandler>,
        shutdown: CancellationToken,
    ) -> WorkerHandle {
        let pulse = Arc::new(Pulse::new());
        let supervisor = Supervisor {
            queue: self.clone(),
            settings,
            runner: Runner { handler, shutdown: shutdown.clone() },
            shutdown,
            pulse: Arc::clone(&pulse),
        };
        WorkerHandle { supervisor: tokio::spawn(supervisor.run()), pulse }
    }
}

struct Supervisor {
    queue: JobQueue,
    settings: WorkerSettings,
    runner: Runner,
    shutdown: CancellationToken,
    pulse: Arc<Pulse>,
}

impl Supervisor {
    async fn run(self) {
        while !self.shutdown.is_cancelled() {
            self.pulse.beat();
            let ended = self.run_one_worker().await;
            if self.shutdown.is_cancelled() {
                break;
            }
            tracing::error!(reason = %ended, "the job worker stopped by itself and is started again");
            metrics::counter!("realmkeep_job_worker_restarts_total").increment(1);
            self.pulse.record_stop(Some(ended));
            tokio::select! {
                () = sleep(RESTART_PAUSE) => {}
                () = self.shutdown.cancelled() => {}
            }
        }
    }

    /// Runs one apalis worker until it ends, falls silent, or the shutdown is over; says why.
    async fn run_one_worker(&self) -> String {
        // A name of its own each time: the queue refuses a name whose bearer gave a sign of life just now.
        let name = format!("worker-{}", Uuid::now_v7());
        let pulse = Arc::clone(&self.pulse);
        let on_event = move |event: &Event| match event {
            Event::HeartBeat => {
                pulse.beat();
                pulse.record_stop(None);
            }
            Event::Error(error) => tracing::warn!(%error, "a job will be offered again"),
            _ => {}
        };
        let concurrency = self.settings.concurrency.max(1);
        let stop = self.shutdown.clone();
        let signal = async move {
            stop.cancelled().await;
            Ok::<(), WorkerError>(())
        };
        let worker = async {
            match &self.queue.driver {
                Driver::Sqlite(pool) => {
                    WorkerBuilder::new(name.as_str())
                        .backend(sqlite_storage(pool).poll_with_interval(POLL_INTERVAL))
                        .concurrency(concurrency)
                        .data(self.runner.clone())
                        .on_event(move |_, event| on_event(event))
                        .build(run_queued_job)
                        .run_until(signal)
                        .await
                }
                Driver::Postgres(pool) => {
                    WorkerBuilder::new(name.as_str())
                        .backend(postgres_storage(pool).poll_with_interval(POLL_INTERVAL))
                        .concurrency(concurrency)
                        .data(self.runner.clone())
                        .on_event(move |_, event| on_event(event))
                        .build(run_queued_job)
                        .run_until(signal)
                        .await
                }
            }
        };
        tokio::select! {
            outcome = worker => match outcome {
                Ok(()) => "it ended without a reason".to_owned(),
                Err(error) => error.to_string(),
            },
            reason = self.watch() => reason,
        }
    }

    /// Returns when the worker should be given up: it is silent, or does not end after a shutdown.
    async fn watch(&self) -> String {
        let mut look = interval(HEARTBEAT_INTERVAL);
        loop {
            tokio::select! {
                _ = look.tick() => {
                    if self.pulse.silence() > SILENCE_LIMIT {
                        return format!("it was silent for {} s", SILENCE_LIMIT.as_secs());
                    }
                }
                () = self.shutdown.cancelled() => {
                    sleep(DRAIN_LIMIT).await;
                    return format!("jobs did not stop within {} s", DRAIN_LIMIT.as_secs());
                }
            }
        }
    }
}

#[derive(Clone)]
struct Runner {
    handler: Arc<dyn JobHandler>,
    shutdown: CancellationToken,
}

/// Tells apalis to offer the job again; the reason is in the caller's own table.
#[derive(Debug, thiserror::Error)]
#[error("job {job} {reason}")]
struct OfferAgain {
    job: Uuid,
    reason: &'static str,
}

/// Runs one job on a task of its own, so that a busy or panicking handler cannot hold up the heartbeat.
async fn run_queued_job(queued: QueuedJob, runner: Data<Runner>) -> Result<(), OfferAgain> {
    let job = queued.job;
    let (handler, shutdown) = (Arc::clone(&runner.handler), runner.shutdown.clone());
    metrics::gauge!("realmkeep_jobs_running").increment(1);
    let run = AbortOnDropHandle::new(tokio::spawn(async move { handler.run(job, shutdown).await }));
    let outcome = run.await;
    metrics::gauge!("realmkeep_jobs_running").decrement(1);
    let (ended, verdict) = match outcome {
        Ok(Verdict::Finished) => ("finished", Ok(())),
        Ok(Verdict::RunAgain { pause }) => {
            // A shutdown ends the pause: the next process will offer the job soon enough.
            let _ = timeout(pause, runner.shutdown.cancelled()).await;
            ("run_again", Err(OfferAgain { job, reason: "asked to run again" }))
        }
        Err(_) => {
            tracing::error!(job_id = %job, "the job's handler panicked");
            ("panicked", Err(OfferAgain { job, reason: "panicked" }))
        }
    };
    metrics::counter!("realmkeep_job_runs_total", "ended" => ended).increment(1);
    verdict
}
