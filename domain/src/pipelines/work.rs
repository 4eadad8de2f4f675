//! The workers of this process: one for each stream of each pipeline.

use std::{sync::Arc, time::Duration};

use infra::{
    pipelines::Pipeline,
    streams::{Reader, Start},
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    batch::{Stage, Worker},
    consumer_of, dead_letters,
    deliver::Deliveries,
    feed, streams_of, tables_of, windows,
};
use crate::{Domain, Error};

/// Hears how far each batch is.
pub type Watch = Arc<dyn Fn(Stage) + Send + Sync>;

/// How often to look for entries that another worker has left, at least.
const CLAIM_EVERY: Duration = Duration::from_secs(5);
/// How often to look whether a pause is over.
const PAUSED_LOOK: Duration = Duration::from_secs(1);
const PAUSE_AFTER_FAILURE_MIN: Duration = Duration::from_millis(200);
const PAUSE_AFTER_FAILURE_MAX: Duration = Duration::from_secs(10);

/// Runs all pipelines until `shutdown` is cancelled; a batch under way is finished.
///
/// # Errors
/// A pipeline's tables can't be made.
pub async fn work(domain: &Domain, watch: Watch, shutdown: CancellationToken) -> Result<JoinSet<()>, Error> {
    let mut workers = JoinSet::new();
    for pipeline in domain.pipelines().iter() {
        let tables: Arc<[_]> = tables_of(pipeline).into();
        for table in tables.iter() {
            table.ensure(domain.store()).await?;
        }
        feed::describe(pipeline);
        let deliveries = Arc::new(Deliveries::new(domain, pipeline)?);
        for stream in streams_of(pipeline) {
            let reader = Reader {
                stream,
                group: consumer_of(pipeline),
                consumer: format!("worker-{}", Uuid::now_v7()),
            };
            let worker = Worker {
                domain: domain.clone(),
                pipeline: Arc::clone(pipeline),
                tables: Arc::clone(&tables),
                deliveries: Arc::clone(&deliveries),
                reader,
                watch: Arc::clone(&watch),
            };
            workers.spawn(run(worker, shutdown.clone()));
        }
    }
    Ok(workers)
}

async fn run(worker: Worker, shutdown: CancellationToken) {
    let mut pause = PAUSE_AFTER_FAILURE_MIN;
    let mut rounds = Rounds::default();
    while !shutdown.is_cancelled() {
        let outcome = tokio::select! {
            outcome = round(&worker, &mut rounds) => outcome,
            // Waiting for entries may be cut short; whatever was read and not committed is delivered again.
            () = shutdown.cancelled() => break,
        };
        let rest = match outcome {
            Ok(rest) => {
                pause = PAUSE_AFTER_FAILURE_MIN;
                rest
            }
            Err(error) => {
                note_failure(&worker, &error).await;
                pause = (pause * 2).min(PAUSE_AFTER_FAILURE_MAX);
                rounds = Rounds::default();
                pause
            }
        };
        tokio::select! {
            () = sleep(rest) => {}
            () = shutdown.cancelled() => break,
        }
    }
}

/// When what is not done each time was done last.
#[derive(Default)]
struct Rounds {
    joined: bool,
    claimed_at: Option<Instant>,
}

/// One round: what is left over first, then what is new. Says how long to rest.
async fn round(worker: &Worker, rounds: &mut Rounds) -> Result<Duration, Error> {
    if is_paused(&worker.domain, &worker.pipeline).await? {
        return Ok(PAUSED_LOOK);
    }
    if !rounds.joined {
        let streams = worker.domain.streams();
        streams.join(&worker.reader.stream, &worker.reader.group, Start::Beginning).await?;
        rounds.joined = true;
    }
    let claim_every = CLAIM_EVERY.min(worker.domain.settings().pipelines.claim_after);
    if rounds.claimed_at.is_none_or(|at| at.elapsed() >= claim_every) {
        rounds.claimed_at = Some(Instant::now());
        dead_letters::try_again(worker).await?;
        windows::close(worker).await?;
        while worker.turn(true).await? > 0 {}
    }
    worker.turn(false).await?;
    Ok(Duration::ZERO)
}

async fn is_paused(domain: &Domain, pipeline: &Pipeline) -> Result<bool, Error> {
    let state = store::pipelines::find(domain.store(), pipeline.id()).await?;
    Ok(state.is_some_and(|state| state.paused_at.is_some()))
}

async fn note_failure(worker: &Worker, error: &Error) {
    let pipeline = worker.pipeline.id();
    tracing::warn!(%pipeline, stream = worker.reader.stream, %error, "a batch could not be done and is tried again");
    metrics::counter!("realmkeep_pipeline_failures_total", "pipeline" => pipeline.to_string()).increment(1);
    let noted =
        store::pipelines::note_error(worker.domain.store(), pipeline, &error.to_string(), store::now()).await;
    if let Err(error) = noted {
        tracing::debug!(%error, "the failure itself could not be noted");
    }
}
