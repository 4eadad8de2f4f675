//! The desk where people sign in: it bears only so many failures.
//!
//! Failures are counted in memory of this process, twice. For an account from one address: that stops guessing a
//! password, and a stranger elsewhere cannot lock the owner out. For an address over all accounts: that stops trying one
//! password on many. Who has no failure left waits until one is forgiven, even with the right password; so guessing on
//! is worth nothing. Registrations from one address are counted as well, since each costs a hash.

use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _, clock::DefaultClock,
    middleware::StateInformationMiddleware,
};

use crate::{Actor, Error};

/// An address may fail so many times as often as a single account of it.
const ADDRESS_FACTOR: NonZeroU32 = NonZeroU32::new(10).expect("is not 0");
/// When so many keys are known, forgotten ones are swept out.
const SWEEP_ABOVE: usize = 1_024;

/// The hash of an address, and of an account's name if the key is for one.
type Key = [u8; 32];

pub(crate) struct LoginDesk {
    of_account: Failures,
    of_address: Failures,
    registrations: DefaultKeyedRateLimiter<Key>,
}

/// A visitor at the desk.
pub(crate) struct Visit {
    account: Key,
    address: Key,
}

impl LoginDesk {
    pub(crate) fn new(failures_per_minute: u32) -> Self {
        let of_account = NonZeroU32::new(failures_per_minute).unwrap_or(NonZeroU32::MIN);
        let of_address = of_account.saturating_mul(ADDRESS_FACTOR);
        Self {
            of_account: Failures::new(Quota::per_minute(of_account)),
            of_address: Failures::new(Quota::per_minute(of_address)),
            registrations: RateLimiter::keyed(Quota::per_minute(of_address)),
        }
    }

    /// Lets someone try to sign in to the account of that name, unless failures were too many.
    pub(crate) fn admit(&self, actor: &Actor, account: &str) -> Result<Visit, Error> {
        let address = actor.arrival.address;
        let visit = Visit { account: key(address, account), address: key(address, "") };
        self.check(&visit)?;
        Ok(visit)
    }

    /// Refuses whoever has no failure left. To be asked again when the password was found right: many may have been
    /// admitted at once.
    pub(crate) fn check(&self, visit: &Visit) -> Result<(), Error> {
        self.of_account
            .check(&visit.account)
            .and_then(|()| self.of_address.check(&visit.address))
            .inspect_err(|_| {
                metrics::counter!("realmkeep_logins_total", "outcome" => "limited").increment(1);
            })
    }

    /// Counts a failure.
    pub(crate) fn note_failure(&self, visit: &Visit) {
        self.of_account.note(visit.account);
        self.of_address.note(visit.address);
    }

    /// Lets someone register, unless they did too often.
    pub(crate) fn admit_registration(&self, actor: &Actor) -> Result<(), Error> {
        if self.registrations.len() > SWEEP_ABOVE {
            self.registrations.retain_recent();
        }
        self.registrations
            .check_key(&key(actor.arrival.address, ""))
            .map_err(|refusal| limited(refusal.wait_time_from(DefaultClock::default().now())))
    }
}

/// Failures by key, and who must wait for them.
struct Failures {
    quota: Quota,
    counted: DefaultKeyedRateLimiter<Key, StateInformationMiddleware>,
    waiting: Mutex<HashMap<Key, Instant>>,
}

impl Failures {
    fn new(quota: Quota) -> Self {
        let counted = RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>();
        Self { quota, counted, waiting: Mutex::default() }
    }

    fn check(&self, key: &Key) -> Result<(), Error> {
        let until = self.waiting().get(key).copied();
        let wait = until.map(|until| until.saturating_duration_since(Instant::now())).unwrap_or_default();
        if wait.is_zero() { Ok(()) } else { Err(limited(wait)) }
    }

    fn note(&self, key: Key) {
        let is_last =
            self.counted.check_key(&key).map_or(true, |state| state.remaining_burst_capacity() == 0);
        let now = Instant::now();
        let mut waiting = self.waiting();
        if is_last {
            waiting.insert(key, now + self.quota.replenish_interval());
        }
        if waiting.len() > SWEEP_ABOVE {
            waiting.retain(|_, until| *until > now);
        }
        drop(waiting);
        if self.counted.len() > SWEEP_ABOVE {
            self.counted.retain_recent();
        }
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<Key, Instant>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(address: Option<IpAddr>, account: &str) -> Key {
    *blake3::hash(format!("{address:?} {account}").as_bytes()).as_bytes()
}

fn limited(wait: Duration) -> Error {
    Error::RateLimited { retry_after_s: wait.as_secs() + 1 }
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!("realmkeep_logins_total", "Tries to sign in, by outcome");
}
