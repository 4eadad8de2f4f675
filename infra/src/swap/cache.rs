//! A cache changes hands: empty, unless its entries are asked to come along.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::time::sleep;

use super::{Exchange, GATE_WAIT, Seated, State};
use crate::{
    cache::{Cache, CacheEntry, Page, SharedCache},
    node::{Node, NodeError, seat::Seat},
};

/// Entries that are copied in one go, while nobody changes any.
const STEP: usize = 20;

/// The seat of a cache.
#[derive(Debug)]
pub struct CacheSeat {
    seat: Seat<dyn Cache>,
    /// The driver that is about to take the seat: it has every change from now on.
    next: Mutex<Option<SharedCache>>,
    moved: AtomicU64,
}

impl CacheSeat {
    /// Gives the seat to a driver.
    #[must_use]
    pub fn new(driver: SharedCache) -> Arc<Self> {
        Arc::new(Self { seat: Seat::new(driver), next: Mutex::default(), moved: AtomicU64::default() })
    }

    /// The cache, for callers.
    #[must_use]
    pub fn cache(self: &Arc<Self>) -> SharedCache {
        Arc::new(Seated(Arc::clone(self)))
    }

    fn next(&self) -> MutexGuard<'_, Option<SharedCache>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn copy(&self, entries: &[CacheEntry], old: &dyn Cache, next: &dyn Cache) -> Result<(), NodeError> {
        let gate = loop {
            match self.seat.close_within(GATE_WAIT).await {
                Some(gate) => break gate,
                None => sleep(GATE_WAIT).await,
            }
        };
        for entry in entries {
            // As it is now: it may have changed since the page was listed.
            if let Some(value) = old.get(&entry.key).await? {
                next.put(&entry.key, value, entry.ttl).await?;
                self.moved.fetch_add(1, Ordering::Relaxed);
            }
        }
        drop(gate);
        Ok(())
    }
}

#[async_trait]
impl Exchange for Arc<CacheSeat> {
    type Driver = dyn Cache;

    fn seat(&self) -> &Seat<dyn Cache> {
        &self.seat
    }

    fn node(&self) -> Arc<dyn Node> {
        self.seat.present()
    }

    fn expect(&self, next: &SharedCache) {
        *self.next() = Some(Arc::clone(next));
    }

    async fn move_ahead(&self, old: &dyn Cache, next: &dyn Cache) -> Result<(), NodeError> {
        if self.moved.load(Ordering::Relaxed) > 0 {
            // Copied before; since then both sides have had every change.
            return Ok(());
        }
        let mut cursor = None;
        loop {
            let page = old.entries(cursor).await?;
            for step in page.entries.chunks(STEP) {
                self.copy(step, old, next).await?;
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    async fn move_rest(&self, _old: &dyn Cache, _next: &dyn Cache, _state: State) -> Result<(), NodeError> {
        Ok(())
    }

    fn seated(&self, _old: &dyn Cache, _next: &dyn Cache) {}

    async fn leave(&self, old: &dyn Cache, _state: State) -> Result<(), NodeError> {
        // It hears of no change any more, so nothing in it may be found when it comes back.
        old.clear().await
    }

    fn finish(&self) -> BTreeMap<&'static str, u64> {
        *self.next() = None;
        BTreeMap::from([("entries", self.moved.swap(0, Ordering::Relaxed))])
    }
}

#[async_trait]
impl Cache for Seated<Arc<CacheSeat>> {
    async fn get(&self, key: &str) -> Result<Option<Bytes>, NodeError> {
        // Either driver may answer: an entry may vanish at any time, and a change is made on both.
        let present = self.0.seat.present();
        present.get(key).await
    }

    async fn put(&self, key: &str, value: Bytes, ttl: Duration) -> Result<(), NodeError> {
        let held = self.0.seat.hold().await;
        held.put(key, value.clone(), ttl).await?;
        let next = self.0.next().clone();
        match next {
            Some(next) => next.put(key, value, ttl).await,
            None => Ok(()),
        }
    }

    async fn invalidate(&self, key: &str) -> Result<(), NodeError> {
        let held = self.0.seat.hold().await;
        held.invalidate(key).await?;
        let next = self.0.next().clone();
        match next {
            Some(next) => next.invalidate(key).await,
            None => Ok(()),
        }
    }

    async fn clear(&self) -> Result<(), NodeError> {
        self.0.seat.hold().await.clear().await
    }

    async fn entries(&self, cursor: Option<String>) -> Result<Page, NodeError> {
        self.0.seat.present().entries(cursor).await
    }
}
