//! The embedded driver: governor's GCRA, counted in memory of this process.

use std::{
    collections::HashMap,
    fmt,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use governor::{
    RateLimiter as Counter,
    clock::{Clock as _, DefaultClock, Reference as _},
    nanos::Nanos,
    state::StateStore,
};

use super::{Quota, RateLimiter, Ruling};
use crate::node::{Node, NodeError, limits::check_name};

/// When a quota has so many keys, those whose tokens are all back are swept out.
const SWEEP_ABOVE: usize = 10_000;

/// The limiter of a single process. Clones count together.
#[derive(Clone, Default)]
pub struct GovernorLimiter {
    clock: DefaultClock,
    counters: Arc<Mutex<HashMap<Quota, Arc<CounterOfQuota>>>>,
}

struct CounterOfQuota {
    counter: Counter<Question, Tokens, DefaultClock>,
    tokens: Tokens,
    /// The counter's own beginning, which all its times refer to.
    began: <DefaultClock as governor::clock::Clock>::Instant,
}

/// A key, and whether asking is to change anything.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Question {
    key: String,
    is_peek: bool,
}

/// When the tokens of each key are all back, since the counter began.
#[derive(Clone, Default)]
struct Tokens {
    back_at: Arc<Mutex<HashMap<String, Nanos>>>,
}

impl Tokens {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Nanos>> {
        self.back_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateStore for Tokens {
    type Key = Question;

    fn measure_and_replace<T, F, E>(&self, question: &Question, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut back_at = self.lock();
        let (answer, next) = measure(back_at.get(&question.key).copied())?;
        if !question.is_peek {
            back_at.insert(question.key.clone(), next);
        }
        Ok(answer)
    }
}

impl GovernorLimiter {
    /// Without any key yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn counters(&self) -> MutexGuard<'_, HashMap<Quota, Arc<CounterOfQuota>>> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn counter(&self, quota: Quota) -> Arc<CounterOfQuota> {
        let new = || {
            let rule = governor::Quota::with_period(quota.interval())
                .expect("an interval is never zero")
                .allow_burst(quota.burst);
            let (tokens, began) = (Tokens::default(), self.clock.now());
            let counter = Counter::new(rule, tokens.clone(), self.clock.clone());
            Arc::new(CounterOfQuota { counter, tokens, began })
        };
        Arc::clone(self.counters().entry(quota).or_insert_with(new))
    }

    fn ask(&self, key: &str, quota: Quota, cost: NonZeroU32, is_peek: bool) -> Result<Ruling, NodeError> {
        check_name("limiter key", key)?;
        let of_quota = self.counter(quota);
        let question = Question { key: key.to_owned(), is_peek };
        let allowed = matches!(of_quota.counter.check_key_n(&question, cost), Ok(Ok(())));
        let now = self.clock.now().duration_since(of_quota.began);
        let mut back_at = of_quota.tokens.lock();
        let back_in = back_at.get(key).map_or(0, |at| at.saturating_sub(now).as_u64());
        if back_at.len() > SWEEP_ABOVE {
            back_at.retain(|_, at| *at > now);
        }
        Ok(Ruling::new(quota, cost, allowed, Duration::from_nanos(back_in)))
    }
}

impl fmt::Debug for GovernorLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GovernorLimiter").finish_non_exhaustive()
    }
}

#[async_trait]
impl Node for GovernorLimiter {
    fn driver(&self) -> &'static str {
        "governor"
    }

    fn place(&self) -> String {
        "this process".to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        Ok(())
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        let keys: usize = self.counters().values().map(|of| of.tokens.lock().len()).sum();
        vec![("keys", u64::try_from(keys).unwrap_or(u64::MAX))]
    }
}

#[async_trait]
impl RateLimiter for GovernorLimiter {
    async fn take(&self, key: &str, quota: Quota, cost: NonZeroU32) -> Result<Ruling, NodeError> {
        self.ask(key, quota, cost, false)
    }

    async fn peek(&self, key: &str, quota: Quota) -> Result<Ruling, NodeError> {
        self.ask(key, quota, NonZeroU32::MIN, true)
    }
}
