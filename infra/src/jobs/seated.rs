//! The queue's seat, and what callers hold of it.
//!
//! What is open stands in the caller's own table, so that is where a new queue is filled from: nothing is lost even if
//! the old one is gone for good.

use std::{
    collections::HashSet,
    fmt::Debug,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{JobHandler, JobQueue, Order, QueueError, WorkerHandle, WorkerSettings};
use crate::node::{NodeError, seat::Seat};

/// Knows which jobs are open: they wait, or ran when their worker was last heard of.
#[async_trait]
pub trait OpenJobs: Debug + Send + Sync {
    /// All of them, the oldest first.
    ///
    /// # Errors
    /// They can't be read.
    async fn open_jobs(&self) -> Result<Vec<(Uuid, Order)>, NodeError>;
}

/// The seat of a queue of jobs.
#[derive(Debug)]
pub struct QueueSeat {
    pub(crate) seat: Seat<JobQueue>,
    open: Option<Arc<dyn OpenJobs>>,
    /// Tells workers that another driver has the seat.
    changes: watch::Sender<()>,
    /// What was put into the next queue already.
    moved: Mutex<HashSet<(Uuid, u32)>>,
}

impl QueueSeat {
    /// Gives the seat to a driver. The next one is filled with what is open.
    #[must_use]
    pub fn new(driver: Arc<JobQueue>, open: Arc<dyn OpenJobs>) -> Arc<Self> {
        Self::with(driver, Some(open))
    }

    /// A seat that nobody else takes.
    pub(super) fn of_one(driver: JobQueue) -> Arc<Self> {
        Self::with(Arc::new(driver), None)
    }

    fn with(driver: Arc<JobQueue>, open: Option<Arc<dyn OpenJobs>>) -> Arc<Self> {
        Arc::new(Self {
            seat: Seat::new(driver),
            open,
            changes: watch::Sender::new(()),
            moved: Mutex::default(),
        })
    }

    /// The queue, for callers.
    #[must_use]
    pub fn queue(self: &Arc<Self>) -> SharedQueue {
        SharedQueue(Arc::clone(self))
    }

    /// The present driver, and word of the moment in which it is another one.
    pub(super) fn watched(&self) -> (Arc<JobQueue>, watch::Receiver<()>) {
        // In this order: a change in between is noticed at once instead of never.
        let changes = self.changes.subscribe();
        (self.seat.present(), changes)
    }

    pub(crate) fn tell_workers(&self) {
        self.changes.send_replace(());
    }

    fn moved(&self) -> MutexGuard<'_, HashSet<(Uuid, u32)>> {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts into `next` what is open and was not put there yet.
    pub(crate) async fn fill(&self, next: &JobQueue) -> Result<(), NodeError> {
        let Some(open) = &self.open else { return Ok(()) };
        let missing: Vec<(Uuid, Order)> = {
            let open = open.open_jobs().await?;
            let moved = self.moved();
            open.into_iter().filter(|(job, order)| !moved.contains(&(*job, order.turn))).collect()
        };
        next.push_all(&missing).await.map_err(|error| next.explain(&error))?;
        self.moved().extend(missing.iter().map(|(job, order)| (*job, order.turn)));
        Ok(())
    }

    /// Forgets what was moved; returns how many jobs that were.
    pub(crate) fn end_move(&self) -> u64 {
        std::mem::take(&mut *self.moved()).len() as u64
    }
}

/// The queue of whichever driver has the seat. Clones share it.
#[derive(Clone, Debug)]
pub struct SharedQueue(Arc<QueueSeat>);

impl SharedQueue {
    /// As of [`JobQueue::push`].
    ///
    /// # Errors
    /// The driver failed or did not answer in time.
    pub async fn push(&self, job: Uuid, order: Order) -> Result<(), QueueError> {
        self.0.seat.hold().await.push(job, order).await
    }

    /// As of [`JobQueue::work`], for whichever driver has the seat: when another one takes it, the jobs that run are
    /// interrupted and go on from there.
    #[must_use]
    pub fn work(
        &self,
        settings: WorkerSettings,
        handler: Arc<dyn JobHandler>,
        paused: watch::Receiver<bool>,
        shutdown: CancellationToken,
    ) -> WorkerHandle {
        super::worker::start(Arc::clone(&self.0), settings, handler, paused, shutdown)
    }

    /// As of [`JobQueue::probe`].
    ///
    /// # Errors
    /// The driver does not answer, and why.
    pub async fn probe(&self) -> Result<(), QueueError> {
        self.0.seat.present().probe().await
    }

    /// The present driver's name.
    #[must_use]
    pub fn driver(&self) -> &'static str {
        self.0.seat.present().driver()
    }

    /// Lets go of the present driver's connections.
    pub async fn close(&self) {
        self.0.seat.present().close().await;
    }
}
