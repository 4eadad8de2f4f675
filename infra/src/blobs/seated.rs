//! The seat of the blobs, and what callers hold of it.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;

use super::{BlobDriver, BlobError};
use crate::node::{NodeError, seat::Seat};

/// The seat of a store of blobs.
#[derive(Debug)]
pub struct BlobSeat {
    pub(crate) seat: Seat<BlobDriver>,
    /// The driver that is about to take the seat: it has every change from now on.
    next: Mutex<Option<Arc<BlobDriver>>>,
    /// Why a change could not be made there.
    missed: Mutex<Option<NodeError>>,
    pub(crate) moved: AtomicU64,
}

impl BlobSeat {
    /// Gives the seat to a driver.
    #[must_use]
    pub fn new(driver: Arc<BlobDriver>) -> Arc<Self> {
        Arc::new(Self {
            seat: Seat::new(driver),
            next: Mutex::default(),
            missed: Mutex::default(),
            moved: AtomicU64::default(),
        })
    }

    /// The blobs, for callers.
    #[must_use]
    pub fn blobs(self: &Arc<Self>) -> Blobs {
        Blobs(Arc::clone(self))
    }

    pub(crate) fn next(&self) -> MutexGuard<'_, Option<Arc<BlobDriver>>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn missed(&self) -> MutexGuard<'_, Option<NodeError>> {
        self.missed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes on the next driver the change that the present one has made.
    async fn repeat<F>(&self, change: impl FnOnce(Arc<BlobDriver>) -> F + Send)
    where
        F: Future<Output = Result<(), BlobError>> + Send,
    {
        let Some(next) = self.next().clone() else { return };
        if let Err(error) = change(Arc::clone(&next)).await {
            *self.missed() = Some(next.explain(&error));
        }
    }

    pub(crate) fn end_move(&self) -> u64 {
        *self.next() = None;
        *self.missed() = None;
        self.moved.swap(0, Ordering::Relaxed)
    }
}

/// The blobs of whichever driver has the seat. Clones share it.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<BlobSeat>);

impl Blobs {
    /// Blobs in a folder, which is made if it is missing.
    ///
    /// # Errors
    /// The folder cannot be made, or is no folder.
    pub fn in_folder(folder: &Path) -> Result<Self, BlobError> {
        Ok(Self::over(BlobDriver::in_folder(folder)?))
    }

    /// The blobs of a driver that nobody exchanges.
    #[must_use]
    pub fn over(driver: BlobDriver) -> Self {
        BlobSeat::new(Arc::new(driver)).blobs()
    }

    /// The bytes under `key`, or `None` if there are none.
    ///
    /// # Errors
    /// The driver failed or did not answer in time.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, BlobError> {
        // Either driver may answer: while blobs move, each change is made on both.
        let present = self.0.seat.present();
        present.get(key).await
    }

    /// Puts `bytes` under `key`, atomically, in place of what was there.
    ///
    /// # Errors
    /// The blob is too large, the disk is full, or the driver failed or did not answer in time.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), BlobError> {
        let held = self.0.seat.hold().await;
        held.put(key, bytes.clone()).await?;
        self.0.repeat(|next| async move { next.put(key, bytes).await }).await;
        Ok(())
    }

    /// Whether there are bytes under `key`.
    ///
    /// # Errors
    /// The driver failed or did not answer in time.
    pub async fn exists(&self, key: &str) -> Result<bool, BlobError> {
        self.0.seat.present().exists(key).await
    }

    /// Removes the bytes under `key`; none there is no error.
    ///
    /// # Errors
    /// The driver failed or did not answer in time.
    pub async fn remove(&self, key: &str) -> Result<(), BlobError> {
        let held = self.0.seat.hold().await;
        held.remove(key).await?;
        self.0.repeat(|next| async move { next.remove(key).await }).await;
        Ok(())
    }

    /// Finds out whether a blob could be written and read now, by doing so.
    ///
    /// # Errors
    /// It could not, and why.
    pub async fn probe(&self) -> Result<(), BlobError> {
        self.0.seat.present().probe_blobs().await
    }

    /// Where they are kept, for messages to people: a folder or a bucket.
    #[must_use]
    pub fn place(&self) -> String {
        self.0.seat.present().place_name().to_owned()
    }
}
