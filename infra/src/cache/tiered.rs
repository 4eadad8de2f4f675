//! Memory of this process over a cache that all share: a hit costs no way to the server.
//!
//! Whoever changes an entry tells the others over the bus, and they drop theirs; that takes a few milliseconds. A
//! listener that may have missed something drops all it has. Should the bus fail, an entry still lives no longer than
//! [`LOCAL_TTL_MAX`] in a process that did not hear of its change.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::{Cache, Page, check_put, moka::MokaCache, redis::RedisCache};
use crate::{
    bus::{Delivery, SharedBus, Subscription},
    node::{Node, NodeError, limits::check_name},
};

/// The longest life of an entry in the memory of one process.
pub const LOCAL_TTL_MAX: Duration = Duration::from_secs(60);
/// Where changes are told.
const TOPIC: &str = "cache.invalidated";

/// A near cache over a far one.
#[derive(Debug)]
pub struct TieredCache {
    near: MokaCache,
    far: RedisCache,
    bus: SharedBus,
    /// Whom not to listen to: ourselves.
    process: Uuid,
    _listener: AbortOnDropHandle<()>,
    /// Counts changes, ours and others'. Who fetched a value while it moved can't tell whether that is the old one.
    changes: Arc<AtomicU64>,
}

impl TieredCache {
    /// Puts `near` over `far` and listens on `bus` for what others change.
    ///
    /// # Errors
    /// The bus refused the subscription.
    pub async fn start(near: MokaCache, far: RedisCache, bus: SharedBus) -> Result<Self, NodeError> {
        let process = Uuid::now_v7();
        let told = bus.subscribe(TOPIC).await?;
        let changes = Arc::<AtomicU64>::default();
        let listener = tokio::spawn(listen(near.clone(), told, process, Arc::clone(&changes)));
        Ok(Self { near, far, bus, process, _listener: AbortOnDropHandle::new(listener), changes })
    }

    async fn tell(&self, key: &str) -> Result<(), NodeError> {
        let mut told = Vec::with_capacity(16 + key.len());
        told.extend_from_slice(self.process.as_bytes());
        told.extend_from_slice(key.as_bytes());
        self.bus.publish(TOPIC, told.into()).await
    }
}

async fn listen(near: MokaCache, mut told: Subscription, process: Uuid, changes: Arc<AtomicU64>) {
    while let Some(change) = told.next().await {
        // Counted before it is dropped: see `get`.
        changes.fetch_add(1, Ordering::SeqCst);
        match change {
            Delivery::Message(told) => {
                let Some((sender, key)) = told.split_at_checked(16) else { continue };
                match std::str::from_utf8(key) {
                    _ if sender == process.as_bytes() => {}
                    Ok("") => near.forget_all(),
                    Ok(key) => near.forget(key),
                    Err(_) => {}
                }
            }
            Delivery::Lagged(_) => near.forget_all(),
        }
    }
    // Nobody tells of changes any more.
    near.forget_all();
}

#[async_trait]
impl Node for TieredCache {
    fn driver(&self) -> &'static str {
        "tiered"
    }

    fn place(&self) -> String {
        format!("this process over {}", self.far.place())
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.far.probe().await
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        let mut figures = self.near.figures();
        figures.push(("changes", self.changes.load(Ordering::Relaxed)));
        figures
    }

    async fn close(&self) {
        self.far.close().await;
    }
}

#[async_trait]
impl Cache for TieredCache {
    async fn get(&self, key: &str) -> Result<Option<Bytes>, NodeError> {
        check_name("cache key", key)?;
        if let Some(value) = self.near.look(key) {
            return Ok(Some(value));
        }
        let before = self.changes.load(Ordering::SeqCst);
        let Some((value, life)) = self.far.get_with_life(key).await? else { return Ok(None) };
        self.near.keep(key, value.clone(), life.min(LOCAL_TTL_MAX));
        if self.changes.load(Ordering::SeqCst) != before {
            self.near.forget(key);
        }
        Ok(Some(value))
    }

    async fn put(&self, key: &str, value: Bytes, ttl: Duration) -> Result<(), NodeError> {
        check_put(key, &value)?;
        self.near.forget(key);
        self.far.put(key, value.clone(), ttl).await?;
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.near.keep(key, value, ttl.min(LOCAL_TTL_MAX));
        self.tell(key).await
    }

    async fn invalidate(&self, key: &str) -> Result<(), NodeError> {
        self.near.forget(key);
        self.far.invalidate(key).await?;
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.near.forget(key);
        self.tell(key).await
    }

    async fn clear(&self) -> Result<(), NodeError> {
        self.far.clear().await?;
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.near.forget_all();
        // No key: everything.
        self.tell("").await
    }

    async fn entries(&self, cursor: Option<String>) -> Result<Page, NodeError> {
        self.far.entries(cursor).await
    }
}
