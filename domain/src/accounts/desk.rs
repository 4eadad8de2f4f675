//! The desk where people sign in: it lets only so many tries pass.
//!
//! Two limits, both in memory of this process. One for an account from one address: it stops guessing a password, and
//! a stranger elsewhere cannot lock the owner out. One for an address over all accounts: it stops trying one password
//! on many accounts.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _, clock::DefaultClock};

use crate::{Actor, Error};

/// An address may try so many times as often as a single account of it.
const ADDRESS_FACTOR: u32 = 10;
/// Forgotten keys are swept out every so many tries.
const SWEEP_EVERY: u32 = 256;

pub(crate) struct LoginDesk {
    by_account: DefaultKeyedRateLimiter<[u8; 32]>,
    by_address: DefaultKeyedRateLimiter<Option<IpAddr>>,
    tries: AtomicU32,
}

impl LoginDesk {
    pub(crate) fn new(tries_per_minute: u32) -> Self {
        let of_account = NonZeroU32::new(tries_per_minute).unwrap_or(NonZeroU32::MIN);
        let of_address =
            of_account.saturating_mul(NonZeroU32::new(ADDRESS_FACTOR).unwrap_or(NonZeroU32::MIN));
        Self {
            by_account: RateLimiter::keyed(Quota::per_minute(of_account)),
            by_address: RateLimiter::keyed(Quota::per_minute(of_address)),
            tries: AtomicU32::new(0),
        }
    }

    /// Counts a try of `actor` at `account`, whatever comes of it.
    pub(crate) fn admit(&self, actor: &Actor, account: &str) -> Result<(), Error> {
        if self.tries.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == 0 {
            self.by_account.retain_recent();
            self.by_address.retain_recent();
        }
        let address = actor.arrival.address;
        let key = *blake3::hash(format!("{address:?} {account}").as_bytes()).as_bytes();
        let verdict = self.by_address.check_key(&address).and_then(|()| self.by_account.check_key(&key));
        verdict.map_err(|refusal| {
            metrics::counter!("realmkeep_logins_total", "outcome" => "limited").increment(1);
            let wait = refusal.wait_time_from(DefaultClock::default().now());
            Error::RateLimited { retry_after_s: wait.as_secs() + 1 }
        })
    }
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!("realmkeep_logins_total", "Tries to sign in, by outcome");
}
