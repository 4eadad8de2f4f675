//! A rate limiter changes hands: it begins to count anew, since a quota is short and a copy of it would be late.

use std::{collections::BTreeMap, num::NonZeroU32, sync::Arc};

use async_trait::async_trait;

use super::{Exchange, Seated, State};
use crate::{
    limits::{Quota, RateLimiter, Ruling, SharedLimiter},
    node::{Node, NodeError, seat::Seat},
};

/// The seat of a rate limiter.
#[derive(Debug)]
pub struct LimiterSeat {
    seat: Seat<dyn RateLimiter>,
}

impl LimiterSeat {
    /// Gives the seat to a driver.
    #[must_use]
    pub fn new(driver: SharedLimiter) -> Arc<Self> {
        Arc::new(Self { seat: Seat::new(driver) })
    }

    /// The limiter, for callers.
    #[must_use]
    pub fn limiter(self: &Arc<Self>) -> SharedLimiter {
        Arc::new(Seated(Arc::clone(self)))
    }
}

#[async_trait]
impl Exchange for Arc<LimiterSeat> {
    type Driver = dyn RateLimiter;

    fn seat(&self) -> &Seat<dyn RateLimiter> {
        &self.seat
    }

    fn node(&self) -> Arc<dyn Node> {
        self.seat.present()
    }

    async fn move_ahead(&self, _old: &dyn RateLimiter, _next: &dyn RateLimiter) -> Result<(), NodeError> {
        Ok(())
    }

    async fn move_rest(
        &self,
        _old: &dyn RateLimiter,
        _next: &dyn RateLimiter,
        _state: State,
    ) -> Result<(), NodeError> {
        Ok(())
    }

    fn seated(&self, _old: &dyn RateLimiter, _next: &dyn RateLimiter) {}

    fn finish(&self) -> BTreeMap<&'static str, u64> {
        BTreeMap::new()
    }
}

#[async_trait]
impl RateLimiter for Seated<Arc<LimiterSeat>> {
    async fn take(&self, key: &str, quota: Quota, cost: NonZeroU32) -> Result<Ruling, NodeError> {
        self.0.seat.present().take(key, quota, cost).await
    }

    async fn peek(&self, key: &str, quota: Quota) -> Result<Ruling, NodeError> {
        self.0.seat.present().peek(key, quota).await
    }
}
