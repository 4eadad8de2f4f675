//! The desk where people sign in: it bears only so many failures.
//!
//! Failures are counted by the limiter node, together for all processes, three times. For an account from one address:
//! that stops guessing a password, and a stranger elsewhere cannot lock the owner out. For an address over all accounts:
//! that stops trying one password on many. For an account over all addresses, ten times as many: that stops guessing from
//! a thousand machines. Who has no failure left waits until one is forgiven, even with the right password; so guessing on
//! is worth nothing. Registrations and letters are counted as well, since each costs somebody something.

use std::{net::IpAddr, num::NonZeroU32};

use grid::AccountId;
use infra::limits::{Quota, Ruling, SharedLimiter};

use crate::{Actor, Error};

/// An address or an account as a whole may fail so many times as often as an account from one address.
const WIDE_FACTOR: NonZeroU32 = NonZeroU32::new(10).expect("is not 0");
/// Codes of a second factor that an account may try in a minute: a million codes then take two months.
const CODES_PER_MINUTE: Quota = Quota::per_minute(NonZeroU32::new(10).expect("is not 0"));
/// Letters that one address may ask for in a minute.
const LETTERS_PER_MINUTE: Quota = Quota::per_minute(NonZeroU32::new(5).expect("is not 0"));

pub(crate) struct LoginDesk {
    limiter: SharedLimiter,
    narrow: Quota,
    wide: Quota,
}

/// A visitor at the desk: the keys that a failure counts for, with their quotas.
pub(crate) struct Visit([(String, Quota); 3]);

impl LoginDesk {
    pub(crate) fn new(limiter: SharedLimiter, failures_per_minute: u32) -> Self {
        let narrow = NonZeroU32::new(failures_per_minute).unwrap_or(NonZeroU32::MIN);
        let wide = narrow.saturating_mul(WIDE_FACTOR);
        Self { limiter, narrow: Quota::per_minute(narrow), wide: Quota::per_minute(wide) }
    }

    /// Lets someone try to sign in to the account of that name, unless failures were too many.
    pub(crate) async fn admit(&self, actor: &Actor, account: &str) -> Result<Visit, Error> {
        let (address, account) = (place(actor.arrival.address), hash(account));
        let visit = Visit([
            (format!("login.both.{account}.{address}"), self.narrow),
            (format!("login.from.{address}"), self.wide),
            (format!("login.to.{account}"), self.wide),
        ]);
        self.check(&visit).await?;
        Ok(visit)
    }

    /// Refuses whoever has no failure left. To be asked again when the password was found right: many may have been
    /// admitted at once.
    pub(crate) async fn check(&self, visit: &Visit) -> Result<(), Error> {
        for (key, quota) in &visit.0 {
            judge(self.limiter.peek(key, *quota).await?).inspect_err(|_| {
                metrics::counter!("realmkeep_logins_total", "outcome" => "limited").increment(1);
            })?;
        }
        Ok(())
    }

    /// Counts a failure.
    pub(crate) async fn note_failure(&self, visit: &Visit) -> Result<(), Error> {
        for (key, quota) in &visit.0 {
            self.limiter.take(key, *quota, NonZeroU32::MIN).await?;
        }
        Ok(())
    }

    /// Lets someone register, unless they did too often.
    pub(crate) async fn admit_registration(&self, actor: &Actor) -> Result<(), Error> {
        let key = format!("register.{}", place(actor.arrival.address));
        judge(self.limiter.take(&key, self.wide, NonZeroU32::MIN).await?)
    }

    /// Lets someone ask for a letter, unless they did too often.
    pub(crate) async fn admit_letter(&self, actor: &Actor) -> Result<(), Error> {
        let key = format!("letter.{}", place(actor.arrival.address));
        judge(self.limiter.take(&key, LETTERS_PER_MINUTE, NonZeroU32::MIN).await?)
    }

    /// Lets an account's owner try a code or confirm the password, unless they did too often.
    pub(crate) async fn admit_code(&self, account: AccountId) -> Result<(), Error> {
        judge(self.limiter.take(&format!("code.{account}"), CODES_PER_MINUTE, NonZeroU32::MIN).await?)
    }
}

fn judge(ruling: Ruling) -> Result<(), Error> {
    if ruling.allowed {
        Ok(())
    } else {
        Err(Error::RateLimited { retry_after_s: ruling.retry_after.as_secs() + 1 })
    }
}

fn place(address: Option<IpAddr>) -> String {
    match address {
        // Whoever has one address of version 6 has a network of them.
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
        Some(address) => address.to_string(),
        None => "nowhere".to_owned(),
    }
}

/// Keys are visible ASCII of a bounded length; addresses of accounts need not be.
fn hash(account: &str) -> String {
    blake3::hash(account.as_bytes()).to_hex()[..32].to_owned()
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!("realmkeep_logins_total", "Tries to sign in, by outcome");
}
