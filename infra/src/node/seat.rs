//! The seat of a node: what callers hold on to while its driver changes.
//!
//! Whatever must not fall between two drivers passes the gate: many at once, and all wait for the short moment in which
//! a swap has it for itself. What may be asked of either driver looks at the present one without waiting.

use std::{ops::Deref, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use tokio::{
    sync::{RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::{Instant, timeout},
};

/// The present driver, and the gate before it.
#[derive(Debug)]
pub struct Seat<T: ?Sized> {
    present: ArcSwap<Arc<T>>,
    gate: RwLock<()>,
}

/// The present driver, which stays the present one for as long as this is held.
pub(crate) struct Held<'a, T: ?Sized> {
    driver: Arc<Arc<T>>,
    _gate: RwLockReadGuard<'a, ()>,
}

impl<T: ?Sized> Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.driver
    }
}

/// The gate, closed. Nobody passes until this is dropped.
pub(crate) struct Closed<'a> {
    since: Instant,
    _gate: RwLockWriteGuard<'a, ()>,
}

impl Closed<'_> {
    /// How long it has been closed.
    pub(crate) fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }
}

impl<T: ?Sized> Seat<T> {
    /// A seat that is taken.
    #[must_use]
    pub fn new(driver: Arc<T>) -> Self {
        Self { present: ArcSwap::from_pointee(driver), gate: RwLock::new(()) }
    }

    /// The present driver. It may be replaced at any moment.
    #[must_use]
    pub fn present(&self) -> Arc<T> {
        Arc::clone(&self.present.load())
    }

    /// Passes the gate.
    pub(crate) async fn hold(&self) -> Held<'_, T> {
        let gate = self.gate.read().await;
        Held { driver: self.present.load_full(), _gate: gate }
    }

    /// Closes the gate once everyone who has passed it is through, if that is within `limit`.
    pub(crate) async fn close_within(&self, limit: Duration) -> Option<Closed<'_>> {
        let gate = timeout(limit, self.gate.write()).await.ok()?;
        Some(Closed { since: Instant::now(), _gate: gate })
    }

    /// Seats another driver, and hands out the one that was there.
    pub(crate) fn replace(&self, driver: Arc<T>) -> Arc<T> {
        Arc::clone(&self.present.swap(Arc::new(driver)))
    }
}
