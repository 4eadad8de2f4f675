//! The mailer, and whether it is worth trying: while it is away, one letter asks after it now and then, and all others
//! wait, instead of each keeping a worker for as long as a silent server takes.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use infra::mail::SharedMailer;

/// The pauses between two tries: as long as the mailer has been away, within these bounds.
const PAUSE_MIN: Duration = Duration::from_secs(5);
const PAUSE_MAX: Duration = Duration::from_secs(60);

/// What carries letters.
pub(crate) struct Post {
    mailer: SharedMailer,
    absence: Mutex<Option<Absence>>,
}

#[derive(Clone, Copy)]
struct Absence {
    since: Instant,
    until: Instant,
}

impl Post {
    pub(crate) fn new(mailer: SharedMailer) -> Self {
        Self { mailer, absence: Mutex::new(None) }
    }

    pub(crate) fn mailer(&self) -> &SharedMailer {
        &self.mailer
    }

    /// How long not to try, if it was away just now.
    pub(crate) fn away_for(&self) -> Option<Duration> {
        let absence = *self.absence.lock().unwrap_or_else(PoisonError::into_inner);
        absence?.until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    }

    /// Notes that it took no letter; says when to try next.
    pub(crate) fn is_away(&self) -> Duration {
        let now = Instant::now();
        let mut absence = self.absence.lock().unwrap_or_else(PoisonError::into_inner);
        let since = absence.map_or(now, |absence| absence.since);
        let pause = (now - since).clamp(PAUSE_MIN, PAUSE_MAX);
        *absence = Some(Absence { since, until: now + pause });
        pause
    }

    /// Notes that it takes letters.
    pub(crate) fn is_back(&self) {
        *self.absence.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
