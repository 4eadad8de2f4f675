//! The rate limiter: how often something may happen, by key.
//!
//! The rule is GCRA, the token bucket without a bucket: a key has `burst` tokens, which come back evenly over `per`.
//! The answer carries what the standard `RateLimit` and `Retry-After` headers say. Keys come from callers and may
//! hold an address or an account; with a networked driver all processes count together.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use async_trait::async_trait;

pub mod governor;
pub mod redis;

use crate::node::{Node, NodeError};

/// A shared handle on whichever driver the configuration chose.
pub type SharedLimiter = Arc<dyn RateLimiter>;

/// Counts events by key and says which ones are too many.
#[async_trait]
pub trait RateLimiter: Node {
    /// Takes `cost` tokens of `key` if they are there; else takes none.
    ///
    /// # Errors
    /// The key breaks a limit, or the driver failed. Decide by what is at stake whether that lets the caller in.
    async fn take(&self, key: &str, quota: Quota, cost: NonZeroU32) -> Result<Ruling, NodeError>;

    /// What taking one token would answer now, without taking it.
    ///
    /// # Errors
    /// The key breaks a limit, or the driver failed.
    async fn peek(&self, key: &str, quota: Quota) -> Result<Ruling, NodeError>;
}

/// How often something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quota {
    /// Tokens of a key that was not used for a while.
    pub burst: NonZeroU32,
    /// The time in which all of them come back, at most a day.
    pub per: Duration,
}

impl Quota {
    /// So many a minute, all of them at once if need be.
    #[must_use]
    pub const fn per_minute(burst: NonZeroU32) -> Self {
        Self { burst, per: Duration::from_secs(60) }
    }

    /// So many a second, all of them at once if need be.
    #[must_use]
    pub const fn per_second(burst: NonZeroU32) -> Self {
        Self { burst, per: Duration::from_secs(1) }
    }

    /// The time in which one token comes back; at least a microsecond, which is what drivers count in.
    #[must_use]
    pub fn interval(self) -> Duration {
        (self.per.clamp(PER_MIN, PER_MAX) / self.burst.get()).max(Duration::from_micros(1))
    }
}

/// Quotas shorter than this are those of a busy loop.
const PER_MIN: Duration = Duration::from_millis(1);
/// Quotas longer than this belong into the records.
const PER_MAX: Duration = Duration::from_secs(86_400);

/// What the limiter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Whether the tokens were taken.
    pub allowed: bool,
    /// Tokens of an unused key: `RateLimit-Limit`.
    pub limit: u32,
    /// Tokens that are left: `RateLimit-Remaining`.
    pub remaining: u32,
    /// Until all tokens are back: `RateLimit-Reset`.
    pub reset: Duration,
    /// Until the tokens asked for would be there; zero if they were. `Retry-After`. More than the whole quota never are,
    /// and this says how long the whole quota takes.
    pub retry_after: Duration,
}

impl Ruling {
    /// The answer to a request for `cost` tokens, from the one number that a driver keeps of a key: after which time
    /// all its tokens are back.
    fn new(quota: Quota, cost: NonZeroU32, allowed: bool, back_in: Duration) -> Self {
        let (interval, limit) = (quota.interval(), quota.burst.get());
        let whole = interval * limit;
        let left = whole.saturating_sub(back_in).as_nanos() / interval.as_nanos();
        let wanted = interval * cost.get().min(limit);
        let retry_after = if allowed { Duration::ZERO } else { (back_in + wanted).saturating_sub(whole) };
        Self {
            allowed,
            limit,
            remaining: u32::try_from(left).unwrap_or(limit).min(limit),
            reset: back_in,
            retry_after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(count: u32) -> NonZeroU32 {
        NonZeroU32::new(count).expect("is not 0")
    }

    #[test]
    fn a_ruling_says_what_is_left_and_when_to_come_back() {
        let quota = Quota { burst: tokens(10), per: Duration::from_secs(10) };
        let fresh = Ruling::new(quota, tokens(1), true, Duration::from_secs(1));
        assert_eq!((fresh.limit, fresh.remaining, fresh.reset), (10, 9, Duration::from_secs(1)));
        assert_eq!(fresh.retry_after, Duration::ZERO);
        let spent = Ruling::new(quota, tokens(3), false, Duration::from_millis(9_500));
        assert_eq!(spent.remaining, 0);
        assert_eq!(spent.retry_after, Duration::from_millis(2_500), "three tokens are there in so long");
        let greedy = Ruling::new(quota, tokens(99), false, Duration::from_secs(4));
        assert_eq!((greedy.remaining, greedy.retry_after), (6, Duration::from_secs(4)));
    }

    #[test]
    fn no_quota_makes_an_interval_of_nothing() {
        let hasty = Quota { burst: NonZeroU32::MAX, per: Duration::ZERO };
        assert_eq!(hasty.interval(), Duration::from_micros(1));
    }
}
