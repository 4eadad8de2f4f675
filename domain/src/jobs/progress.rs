//! What a job tells while it runs, and what it is told.

use std::time::{Duration, Instant};

use grid::JobId;
use tokio_util::sync::CancellationToken;

use crate::{Domain, Error};

/// How often progress is written, at most; also how soon a cancelled job notices.
const WRITE_EVERY: Duration = Duration::from_millis(500);

/// Why a job stopped before its end.
#[derive(Debug)]
pub(super) enum Stopped {
    /// Somebody cancelled it.
    Cancelled,
    /// The server goes down; the job goes on after the next start.
    Interrupted,
    /// It failed.
    Failed(Error),
    /// It failed, and trying again would not help.
    Hopeless(String),
    /// What it needs is not there at present, which is no fault of its own: the attempt does not count.
    Later {
        /// How long to leave it alone.
        pause: Duration,
        /// What it waits for.
        reason: String,
    },
}

impl<E: Into<Error>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The progress of a running job, written to its row now and then.
pub(super) struct Progress<'a> {
    domain: &'a Domain,
    job: JobId,
    shutdown: &'a CancellationToken,
    done: u64,
    total: u64,
    written_at: Instant,
}

impl<'a> Progress<'a> {
    /// Begins to count towards `total` steps.
    pub(super) async fn begin(
        domain: &'a Domain,
        job: JobId,
        shutdown: &'a CancellationToken,
        total: u64,
    ) -> Result<Self, Stopped> {
        let mut progress = Self { domain, job, shutdown, done: 0, total, written_at: Instant::now() };
        progress.write().await?;
        Ok(progress)
    }

    /// One step is done. Tells the job to stop if it was cancelled or the server goes down.
    pub(super) async fn step(&mut self) -> Result<(), Stopped> {
        self.done += 1;
        if self.shutdown.is_cancelled() {
            self.write().await?;
            return Err(Stopped::Interrupted);
        }
        if self.done == self.total || self.written_at.elapsed() >= WRITE_EVERY {
            self.write().await?;
        }
        Ok(())
    }

    async fn write(&mut self) -> Result<(), Stopped> {
        self.written_at = Instant::now();
        let is_running =
            store::jobs::note_progress(self.domain.store(), self.job, self.done, self.total).await?;
        if is_running { Ok(()) } else { Err(Stopped::Cancelled) }
    }
}
