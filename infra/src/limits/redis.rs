//! The networked driver: GCRA as a script in Redis, so that all processes count together.

use std::{fmt, num::NonZeroU32, time::Duration};

use async_trait::async_trait;
use redis::Script;

use super::{Quota, RateLimiter, Ruling};
use crate::node::{
    Node, NodeError,
    limits::check_name,
    redis::{PREFIX, RedisAddress, RedisLink},
};

/// The limiter of all processes that use one Redis.
pub struct RedisLimiter {
    link: RedisLink,
    gcra: Script,
}

impl RedisLimiter {
    /// Connects.
    ///
    /// # Errors
    /// The address does not parse, or nobody answers there.
    pub async fn connect(address: &RedisAddress) -> Result<Self, NodeError> {
        let link = RedisLink::connect(address).await?;
        Ok(Self { link, gcra: Script::new(include_str!("gcra.lua")) })
    }

    async fn ask(
        &self,
        key: &str,
        quota: Quota,
        cost: NonZeroU32,
        is_peek: bool,
    ) -> Result<Ruling, NodeError> {
        check_name("limiter key", key)?;
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
        self.ask(key, quota, cost, false).await
    }

    async fn peek(&self, key: &str, quota: Quota) -> Result<Ruling, NodeError> {
        self.ask(key, quota, NonZeroU32::MIN, true).await
    }
}
