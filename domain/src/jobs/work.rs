//! The worker of this process.

use std::sync::Arc;

use async_trait::async_trait;
use grid::JobId;
use infra::jobs::{JobHandler, Verdict, WorkerHandle, WorkerSettings};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{postponed, queue, run, schedules};
use crate::{Domain, Error};

struct Worker {
    domain: Domain,
}

#[async_trait]
impl JobHandler for Worker {
    async fn run(&self, job: Uuid, shutdown: CancellationToken) -> Verdict {
        run::run(&self.domain, JobId::from_uuid(job), &shutdown).await
    }
}

/// Starts the worker of this process, and looks after the schedules; both stop when `shutdown` is cancelled and the
/// jobs have put themselves back.
///
/// # Errors
/// The jobs that were left open cannot be read or queued again.
pub async fn work(
    domain: &Domain,
    settings: WorkerSettings,
    shutdown: CancellationToken,
) -> Result<WorkerHandle, Error> {
    // A crash between the row and the queue leaves a job that nobody would offer; the queue ignores those it has.
    let open = store::jobs::list_open(domain.store()).await?;
    for job in open.iter().filter(|job| job.due_at.is_none()) {
        domain.queue().push(job.id.uuid(), job.order()).await?;
    }
    schedules::seed(domain).await?;
    tokio::spawn(schedules::keep_time(domain.clone(), shutdown.clone()));
    tokio::spawn(postponed::watch(domain.clone(), shutdown.clone()));
    let paused = queue::watch_pause(domain, shutdown.clone()).await?;
    let worker = Arc::new(Worker { domain: domain.clone() });
    let handle = domain.queue().work(settings, worker, paused, shutdown);
    domain.health().watch_worker(handle.pulse());
    Ok(handle)
}
