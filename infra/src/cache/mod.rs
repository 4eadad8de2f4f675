//! The cache: bytes by key, for a while, and never the only copy.
//!
//! An entry may vanish at any time and a failing cache must hold nobody up: callers ask the source when they get
//! nothing. With a networked driver, an entry that one process invalidates is gone for all of them within 50 ms.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;

pub mod moka;
pub mod redis;
pub mod tiered;

use crate::node::{
    Node, NodeError,
    limits::{check_name, check_size},
};

/// The largest value, in bytes.
pub const VALUE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The longest life of an entry: what is good for longer is no cache entry.
pub const TTL_MAX: Duration = Duration::from_secs(7 * 86_400);
/// Entries of one page of [`Cache::entries`].
pub const PAGE_MAX: usize = 500;

/// A shared handle on whichever driver the configuration chose.
pub type SharedCache = Arc<dyn Cache>;

/// Bytes by key, for a while.
#[async_trait]
pub trait Cache: Node {
    /// The value under `key`, if it is there and still good.
    ///
    /// # Errors
    /// The key breaks a limit, or the driver failed. Treat a failure as a miss.
    async fn get(&self, key: &str) -> Result<Option<Bytes>, NodeError>;

    /// Puts `value` under `key`, for `ttl` or [`TTL_MAX`], whichever is shorter.
    ///
    /// # Errors
    /// Key or value break a limit, or the driver failed.
    async fn put(&self, key: &str, value: Bytes, ttl: Duration) -> Result<(), NodeError>;

    /// Removes what is under `key`, here and for every other process.
    ///
    /// # Errors
    /// The key breaks a limit, or the driver failed: then others may see the old value until it ends by itself.
    async fn invalidate(&self, key: &str) -> Result<(), NodeError>;

    /// Removes everything, here and for every other process.
    ///
    /// # Errors
    /// The driver failed: then some of it may be there still.
    async fn clear(&self) -> Result<(), NodeError>;

    /// A page of all entries, in no particular order: those after `cursor`, with the next one, if any. Entries that
    /// come and go meanwhile may be missing.
    ///
    /// # Errors
    /// The driver failed.
    async fn entries(&self, cursor: Option<String>) -> Result<Page, NodeError>;
}

/// Some of a cache's entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The entries.
    pub entries: Vec<CacheEntry>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// An entry with the life that is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheEntry {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Bytes,
    /// How long it is still good.
    pub ttl: Duration,
}

fn check_put(key: &str, value: &Bytes) -> Result<(), NodeError> {
    check_name("cache key", key)?;
    check_size("a cached value", value.len(), VALUE_BYTES_MAX)
}
