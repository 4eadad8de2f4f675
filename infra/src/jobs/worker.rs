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
    sync::watch,
    task::JoinHandle,
    time::{interval, sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use uuid::Uuid;

use super::{Driver, JobQueue, QueuedJob, postgres_storage, seated::QueueSeat, sqlite_storage};

/// How often a worker tells the queue that it lives.
pub(in crate::jobs) const HEARTBEAT_INTERVAL: Duration = Duration::from_secs(2);
/// After so many missed heartbeats a worker's jobs are offered to others.
pub(in crate::jobs) const MISSED_HEARTBEATS_MAX: usize = 3;
/// How often an idle worker looks for a job.
pub(in crate::jobs) const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// A worker that was silent so long is stopped and started anew.
const SILENCE_LIMIT: Duration = Duration::from_secs(20);
/// How long running handlers may take to notice a shutdown.
const DRAIN_LIMIT: Duration = Duration::from_secs(10);
const RESTART_PAUSE: Duration = Duration::from_secs(1);
/// The pause before a job is offered again whose handler panicked.
const PANIC_PAUSE: Duration = Duration::from_secs(1);

/// What a worker does with each job.
#[async_trait]
pub trait JobHandler: Send + Sync + 'static {
    /// Runs a job to its end, or until `shutdown` is cancelled; then it should return soon.
    async fn run(&self, job: Uuid, shutdown: CancellationToken) -> Verdict;
}

/// How a run ended, as far as the queue is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Starts a worker of this queue. It stops when `shutdown` is cancelled, after its running jobs returned. While
    /// `paused` is true it takes none, and those that ran when it became so are offered again afterwards.
    #[must_use]
    pub fn work(
        &self,
        settings: WorkerSettings,
        handler: Arc<dyn JobHandler>,
        paused: watch::Receiver<bool>,
        shutdown: CancellationToken,
    ) -> WorkerHandle {
        start(QueueSeat::of_one(self.clone()), settings, handler, paused, shutdown)
    }
}

/// Starts a worker of whichever driver has the seat.
pub(super) fn start(
    seat: Arc<QueueSeat>,
    settings: WorkerSettings,
    handler: Arc<dyn JobHandler>,
    paused: watch::Receiver<bool>,
    shutdown: CancellationToken,
) -> WorkerHandle {
    let pulse = Arc::new(Pulse::new());
    let supervisor = Supervisor { seat, settings, handler, paused, shutdown, pulse: Arc::clone(&pulse) };
    WorkerHandle { supervisor: tokio::spawn(supervisor.run()), pulse }
}

struct Supervisor {
    seat: Arc<QueueSeat>,
    settings: WorkerSettings,
    handler: Arc<dyn JobHandler>,
    paused: watch::Receiver<bool>,
    shutdown: CancellationToken,
    pulse: Arc<Pulse>,
}

impl Supervisor {
    async fn run(mut self) {
        while !self.shutdown.is_cancelled() {
            self.pulse.beat();
            if *self.paused.borrow_and_update() {
                self.stand_still().await;
                continue;
            }
            let (queue, changes) = self.seat.watched();
            let ended = self.run_one_worker(&queue, changes.clone()).await;
            if self.shutdown.is_cancelled() {
                break;
            }
            if *self.paused.borrow() || changes.has_changed().unwrap_or(false) {
                continue;
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

    /// Waits for the end of a pause, alive and idle.
    async fn stand_still(&mut self) {
        self.pulse.record_stop(None);
        tokio::select! {
            _ = self.paused.changed() => {}
            () = sleep(HEARTBEAT_INTERVAL) => {}
            () = self.shutdown.cancelled() => {}
        }
    }

    /// Runs one worker until it ends, falls silent, is paused, its queue changes hands, or the shutdown is over; says
    /// why.
    async fn run_one_worker(&self, queue: &JobQueue, changes: watch::Receiver<()>) -> String {
        // Ends with the shutdown, and with a pause or a change before it.
        let turn = self.shutdown.child_token();
        let runner = Runner { handler: Arc::clone(&self.handler), shutdown: turn.clone() };
        let ends = tokio::spawn(end_early(self.paused.clone(), changes, turn.clone()));
        let _ends = AbortOnDropHandle::new(ends);
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
        let stop = turn.clone();
        let signal = async move {
            stop.cancelled().await;
            Ok::<(), WorkerError>(())
        };
        let beat = {
            let pulse = Arc::clone(&self.pulse);
            move || {
                pulse.beat();
                pulse.record_stop(None);
            }
        };
        let worker = async {
            match &queue.driver {
                Driver::Sqlite(pool) => WorkerBuilder::new(name.as_str())
                    .backend(sqlite_storage(pool).poll_with_interval(POLL_INTERVAL))
                    .concurrency(concurrency)
                    .data(runner.clone())
                    .on_event(move |_, event| on_event(event))
                    .build(run_queued_job)
                    .run_until(signal)
                    .await
                    .map_err(|error| error.to_string()),
                Driver::Postgres(pool) => WorkerBuilder::new(name.as_str())
                    .backend(postgres_storage(pool).poll_with_interval(POLL_INTERVAL))
                    .concurrency(concurrency)
                    .data(runner.clone())
                    .on_event(move |_, event| on_event(event))
                    .build(run_queued_job)
                    .run_until(signal)
                    .await
                    .map_err(|error| error.to_string()),
                Driver::Redis(jobs) => {
                    jobs.work(concurrency, &runner, beat).await.map_err(|error| error.to_string())
                }
            }
        };
        tokio::select! {
            outcome = worker => match outcome {
                Ok(()) => "it ended without a reason".to_owned(),
                Err(reason) => reason,
            },
            reason = self.watch(&turn) => reason,
        }
    }

    /// Returns when the worker should be given up: it is silent, or does not end after a shutdown.
    async fn watch(&self, turn: &CancellationToken) -> String {
        let mut look = interval(HEARTBEAT_INTERVAL);
        loop {
            tokio::select! {
                _ = look.tick() => {
                    if self.pulse.silence() > SILENCE_LIMIT {
                        return format!("it was silent for {} s", SILENCE_LIMIT.as_secs());
                    }
                }
                () = turn.cancelled() => {
                    sleep(DRAIN_LIMIT).await;
                    return format!("jobs did not stop within {} s", DRAIN_LIMIT.as_secs());
                }
            }
        }
    }
}

/// Ends a turn when the queue is to stand still, or another driver has it.
async fn end_early(
    mut paused: watch::Receiver<bool>,
    mut changes: watch::Receiver<()>,
    turn: CancellationToken,
) {
    let is_to_pause = async {
        // Without a sender nobody can pause any more.
        if paused.wait_for(|paused| *paused).await.is_err() {
            turn.cancelled().await;
        }
    };
    let is_another = async {
        if changes.changed().await.is_err() {
            turn.cancelled().await;
        }
    };
    tokio::select! {
        () = is_to_pause => {}
        () = is_another => {}
    }
    turn.cancel();
}

/// What a worker runs jobs with.
#[derive(Clone)]
pub(in crate::jobs) struct Runner {
    handler: Arc<dyn JobHandler>,
    shutdown: CancellationToken,
}

impl Runner {
    /// What tells jobs, and their worker, to stop.
    pub(in crate::jobs) const fn shutdown(&self) -> &CancellationToken {
        &self.shutdown
    }
}

/// Tells apalis to offer the job again; the reason is in the caller's own table.
#[derive(Debug, thiserror::Error)]
#[error("job {job} asked to run again, or panicked")]
struct OfferAgain {
    job: Uuid,
}

/// Runs one job on a task of its own, so that a busy or panicking handler cannot hold up the heartbeat.
pub(in crate::jobs) async fn run_job(runner: &Runner, job: Uuid) -> Verdict {
    let (handler, shutdown) = (Arc::clone(&runner.handler), runner.shutdown.clone());
    metrics::gauge!("realmkeep_jobs_running").increment(1);
    let run = AbortOnDropHandle::new(tokio::spawn(async move { handler.run(job, shutdown).await }));
    let outcome = run.await;
    metrics::gauge!("realmkeep_jobs_running").decrement(1);
    let (ended, verdict) = match outcome {
        Ok(Verdict::Finished) => ("finished", Verdict::Finished),
        Ok(again) => ("run_again", again),
        Err(_) => {
            tracing::error!(job_id = %job, "the job's handler panicked");
            ("panicked", Verdict::RunAgain { pause: PANIC_PAUSE })
        }
    };
    metrics::counter!("realmkeep_job_runs_total", "ended" => ended).increment(1);
    verdict
}

async fn run_queued_job(queued: QueuedJob, runner: Data<Runner>) -> Result<(), OfferAgain> {
    match run_job(&runner, queued.job).await {
        Verdict::Finished => Ok(()),
        Verdict::RunAgain { pause } => {
            // A shutdown ends the pause: the next process will offer the job soon enough.
            let _ = timeout(pause, runner.shutdown.cancelled()).await;
            Err(OfferAgain { job: queued.job })
        }
    }
}
