//! The networked driver: Redis, one copy for all processes.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use redis::{cmd, pipe};

use super::{Cache, CacheEntry, PAGE_MAX, Page, TTL_MAX, check_put};
use crate::node::{
    Node, NodeError,
    limits::check_name,
    redis::{PREFIX, RedisAddress, RedisLink},
};

/// The cache of all processes that use one Redis.
#[derive(Clone, Debug)]
pub struct RedisCache {
    link: RedisLink,
}

impl RedisCache {
    /// Connects.
    ///
    /// # Errors
    /// The address does not parse, or nobody answers there.
    pub async fn connect(address: &RedisAddress) -> Result<Self, NodeError> {
        Ok(Self { link: RedisLink::connect(address).await? })
    }

    /// A value with the life that is left of it.
    pub(super) async fn get_with_life(&self, key: &str) -> Result<Option<(Bytes, Duration)>, NodeError> {
        self.read(&name(key)).await
    }

    async fn read(&self, name: &str) -> Result<Option<(Bytes, Duration)>, NodeError> {
        let mut asked = pipe();
        asked.cmd("GET").arg(name).cmd("PTTL").arg(name);
        let (value, life_ms): (Option<Vec<u8>>, i64) = self.link.run_all(&asked).await?;
        Ok(match (value, u64::try_from(life_ms)) {
            (Some(value), Ok(life_ms)) => Some((value.into(), Duration::from_millis(life_ms))),
            _ => None,
        })
    }
}

fn name(key: &str) -> String {
    format!("{PREFIX}cache:{key}")
}

#[async_trait]
impl Node for RedisCache {
    fn driver(&self) -> &'static str {
        "redis"
    }

    fn place(&self) -> String {
        self.link.place().to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.link.probe().await
    }
}

#[async_trait]
impl Cache for RedisCache {
    async fn get(&self, key: &str) -> Result<Option<Bytes>, NodeError> {
        check_name("cache key", key)?;
        let value: Option<Vec<u8>> = self.link.run(cmd("GET").arg(name(key))).await?;
        Ok(value.map(Bytes::from))
    }

    async fn put(&self, key: &str, value: Bytes, ttl: Duration) -> Result<(), NodeError> {
        check_put(key, &value)?;
        let ttl_ms = u64::try_from(ttl.min(TTL_MAX).as_millis()).unwrap_or(u64::MAX);
        if ttl_ms == 0 {
            return self.invalidate(key).await;
        }
        self.link.run(cmd("SET").arg(name(key)).arg(value.as_ref()).arg("PX").arg(ttl_ms)).await
    }

    async fn invalidate(&self, key: &str) -> Result<(), NodeError> {
        check_name("cache key", key)?;
        self.link.run(cmd("UNLINK").arg(name(key))).await
    }

    async fn clear(&self) -> Result<(), NodeError> {
        let mut cursor = None;
        loop {
            let page = self.entries(cursor).await?;
            for entry in &page.entries {
                self.invalidate(&entry.key).await?;
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    async fn entries(&self, cursor: Option<String>) -> Result<Page, NodeError> {
        let pattern = format!("{PREFIX}cache:*");
        let mut scan = cmd("SCAN");
        scan.arg(cursor.as_deref().unwrap_or("0")).arg("MATCH").arg(pattern).arg("COUNT").arg(PAGE_MAX);
        let (next, names): (String, Vec<String>) = self.link.run(&scan).await?;
        let mut entries = Vec::with_capacity(names.len());
        for name in names {
            let Some((value, ttl)) = self.read(&name).await? else { continue };
            let key = name.trim_start_matches(PREFIX).trim_start_matches("cache:").to_owned();
            entries.push(CacheEntry { key, value, ttl });
        }
        Ok(Page { entries, next: (next != "0").then_some(next) })
    }
}
