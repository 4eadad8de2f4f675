//! What every process has to know about an account at once: that it is out, or that its rights have changed.
//!
//! Each request asks who it comes from, so the answer, a [`Standing`], is kept for a moment. Whoever changes an account's
//! standing [announces](announce) it: this process and, over the bus, all others forget what they kept, and sockets look
//! again. A message can get lost; then the moment's shortness bounds what an outdated answer can do.

mod changes;
mod standing;

pub(crate) use changes::announce;
pub use changes::{Change, watch};
pub use standing::recheck;
pub(crate) use standing::{Given, Standing, StandingKey, of_account, of_family, of_key, of_session};

use std::time::Duration;

use grid::AccountId;
use moka::future::Cache;
use tokio::sync::broadcast;

/// How long a standing is taken for granted without word of a change.
const FRESH_FOR: Duration = Duration::from_millis(500);
/// Standings that are kept at most.
const KEPT_MAX: u64 = 100_000;
/// Changes that a socket may be behind before it takes all accounts for changed.
const CHANGES_KEPT: usize = 256;

/// The standings that are known just now, and who listens for changes.
pub(crate) struct Authority {
    standings: Cache<StandingKey, Standing>,
    changes: broadcast::Sender<Change>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let standings =
            Cache::builder().max_capacity(KEPT_MAX).time_to_live(FRESH_FOR).support_invalidation_closures();
        Self { standings: standings.build(), changes: broadcast::Sender::new(CHANGES_KEPT) }
    }

    fn forget(&self, account: AccountId) {
        let outdated = move |_: &StandingKey, standing: &Standing| standing.concerns(account);
        if let Err(error) = self.standings.invalidate_entries_if(outdated) {
            // Too many of these at once: forgetting everything is right, too.
            tracing::debug!(%error, "all standings are forgotten");
            self.standings.invalidate_all();
        }
        // An error only says that no socket listens.
        let _ = self.changes.send(Change::Of(account));
    }

    fn forget_all(&self) {
        self.standings.invalidate_all();
        let _ = self.changes.send(Change::Unknown);
    }
}
