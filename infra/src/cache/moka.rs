//! The embedded driver: memory of this process, with moka's admission and eviction.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use moka::{Expiry, sync::Cache as Memory};

use super::{Cache, CacheEntry, PAGE_MAX, Page, TTL_MAX, check_put};
use crate::node::{Node, NodeError, limits::check_name};

/// What an entry costs beside its key and value, in bytes, roughly.
const ENTRY_OVERHEAD_BYTES: usize = 128;

/// The cache of a single process. Clones share it.
#[derive(Clone, Debug)]
pub struct MokaCache {
    memory: Memory<String, Good>,
}

#[derive(Clone, Debug)]
struct Good {
    value: Bytes,
    ttl: Duration,
    until: Instant,
}

impl MokaCache {
    /// A cache that holds at most `bytes_max`, keys and bookkeeping included.
    #[must_use]
    pub fn new(bytes_max: u64) -> Self {
        let weigh = |key: &String, good: &Good| {
            u32::try_from(key.len() + good.value.len() + ENTRY_OVERHEAD_BYTES).unwrap_or(u32::MAX)
        };
        let memory =
            Memory::builder().max_capacity(bytes_max).weigher(weigh).expire_after(UntilItsEnd).build();
        Self { memory }
    }

    /// The value, without a promise of the asynchronous kind.
    pub(super) fn look(&self, key: &str) -> Option<Bytes> {
        self.memory.get(key).map(|good| good.value)
    }

    pub(super) fn keep(&self, key: &str, value: Bytes, ttl: Duration) {
        let ttl = ttl.min(TTL_MAX);
        self.memory.insert(key.to_owned(), Good { value, ttl, until: Instant::now() + ttl });
    }

    pub(super) fn forget(&self, key: &str) {
        self.memory.invalidate(key);
    }

    pub(super) fn forget_all(&self) {
        self.memory.invalidate_all();
    }
}

/// Each entry brings its own life.
struct UntilItsEnd;

impl Expiry<String, Good> for UntilItsEnd {
    fn expire_after_create(&self, _key: &String, good: &Good, _now: Instant) -> Option<Duration> {
        Some(good.ttl)
    }

    fn expire_after_update(
        &self,
        _key: &String,
        good: &Good,
        _now: Instant,
        _left: Option<Duration>,
    ) -> Option<Duration> {
        Some(good.ttl)
    }
}

#[async_trait]
impl Node for MokaCache {
    fn driver(&self) -> &'static str {
        "moka"
    }

    fn place(&self) -> String {
        "this process".to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        Ok(())
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        vec![("entries", self.memory.entry_count()), ("bytes", self.memory.weighted_size())]
    }
}

#[async_trait]
impl Cache for MokaCache {
    async fn get(&self, key: &str) -> Result<Option<Bytes>, NodeError> {
        check_name("cache key", key)?;
        Ok(self.look(key))
    }

    async fn put(&self, key: &str, value: Bytes, ttl: Duration) -> Result<(), NodeError> {
        check_put(key, &value)?;
        self.keep(key, value, ttl);
        Ok(())
    }

    async fn invalidate(&self, key: &str) -> Result<(), NodeError> {
        check_name("cache key", key)?;
        self.forget(key);
        Ok(())
    }

    async fn clear(&self) -> Result<(), NodeError> {
        self.forget_all();
        Ok(())
    }

    async fn entries(&self, cursor: Option<String>) -> Result<Page, NodeError> {
        // moka knows no order, so a page is cut from the sorted keys; only a copy of the cache asks for one.
        let mut keys: Vec<String> = self.memory.iter().map(|(key, _)| key.as_ref().clone()).collect();
        keys.sort_unstable();
        let begin = cursor.map_or(0, |cursor| keys.partition_point(|key| *key <= cursor));
        let now = Instant::now();
        let page = &keys[begin..keys.len().min(begin + PAGE_MAX)];
        let entry = |key: &String| {
            let good = self.memory.get(key)?;
            let ttl = good.until.saturating_duration_since(now);
            Some(CacheEntry { key: key.clone(), value: good.value, ttl })
        };
        let next = if begin + PAGE_MAX < keys.len() { page.last().cloned() } else { None };
        Ok(Page { entries: page.iter().filter_map(entry).collect(), next })
    }
}
