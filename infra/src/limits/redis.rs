//! The networked driver: GCRA as a script in Redis, so that all processes count together.
//!
//! While Redis is away each process counts alone, in memory: people come in all the same, and nobody comes in unlimited.

use std::{
    fmt,
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use redis::Script;
use tokio::time::Instant;

use super::{Quota, RateLimiter, Ruling, governor::GovernorLimiter};
use crate::node::{
    Node, NodeError,
    limits::check_name,
    redis::{PREFIX, RedisAddress, RedisLink},
};

/// A Redis that did not answer is left in peace so long: whoever asks meanwhile does not wait for it.
const LEFT_IN_PEACE: Duration = Duration::from_secs(1);

/// The limiter of all processes that use one Redis.
pub struct RedisLimiter {
    link: RedisLink,
    gcra: Script,
    alone: GovernorLimiter,
    /// Until when Redis is not asked, if it did not answer.
    away_until: Mutex<Option<Instant>>,
}

impl RedisLimiter {
    /// Connects.
    ///
    /// # Errors
    /// The address does not parse, or nobody answers there.
    pub async fn connect(address: &RedisAddress) -> Result<Self, NodeError> {
        let link = RedisLink::connect(address).await?;
        Ok(Self {
            link,
            gcra: Script::new(include_str!("gcra.lua")),
            alone: GovernorLimiter::new(),
            away_until: Mutex::new(None),
        })
    }

    /// What Redis says; nothing if it is away.
    async fn ask_if_there(
        &self,
        key: &str,
        quota: Quota,
        cost: NonZeroU32,
        is_peek: bool,
    ) -> Result<Option<Ruling>, NodeError> {
        check_name("limiter key", key)?;
        if self.away_until().is_some_and(|until| Instant::now() < until) {
            return Ok(None);
        }
        let answer = self.ask(key, quota, cost, is_peek).await;
        let mut away_until = self.away_until();
        match answer {
            Ok(ruling) => {
                if away_until.take().is_some() {
                    tracing::info!("Redis is back: calls are counted together again");
                }
                Ok(Some(ruling))
            }
            Err(error) => {
                if away_until.replace(Instant::now() + LEFT_IN_PEACE).is_none() {
                    tracing::warn!(%error, "Redis is away: calls are counted by each process alone");
                }
                Ok(None)
            }
        }
    }

    fn away_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.away_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(
        &self,
        key: &str,
        quota: Quota,
        cost: NonZeroU32,
        is_peek: bool,
    ) -> Result<Ruling, NodeError> {
        let interval_us = u64::try_from(quota.interval().as_micros()).unwrap_or(u64::MAX);
        let mut asked = self.gcra.prepare_invoke();
        // The quota belongs to the key: the same caller may be counted by several.
        asked.key(format!("{PREFIX}limit:{}:{interval_us}:{key}", quota.burst));
        asked.arg(interval_us).arg(quota.burst.get()).arg(cost.get()).arg(u8::from(is_peek));
        let (allowed, back_in_us): (u8, u64) = self.link.call(&asked).await?;
        Ok(Ruling::new(quota, cost, allowed == 1, Duration::from_micros(back_in_us)))
    }
}

impl fmt::Debug for RedisLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLimiter").field("link", &self.link).finish_non_exhaustive()
    }
}

#[async_trait]
impl Node for RedisLimiter {
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
impl RateLimiter for RedisLimiter {
    async fn take(&self, key: &str, quota: Quota, cost: NonZeroU32) -> Result<Ruling, NodeError> {
        match self.ask_if_there(key, quota, cost, false).await? {
            Some(ruling) => Ok(ruling),
            None => self.alone.take(key, quota, cost).await,
        }
    }

    async fn peek(&self, key: &str, quota: Quota) -> Result<Ruling, NodeError> {
        match self.ask_if_there(key, quota, NonZeroU32::MIN, true).await? {
            Some(ruling) => Ok(ruling),
            None => self.alone.peek(key, quota).await,
        }
    }
}
