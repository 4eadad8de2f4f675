//! When the next tick is due. Pure: the time is handed in, so that a test can let hours pass in a loop.
//!
//! The rate is fixed and time is counted in whole ticks since the start, so nothing drifts. A thread that wakes late
//! catches up, but at most [`CATCH_UP_TICKS_MAX`] ticks at a go; what is still owed then is given up, and the region's time
//! runs slower than the wall's for that moment. So a stall is never followed by a spiral of ticks that make the next
//! one late.

use std::time::Duration;

/// Most ticks that run at a go.
pub const CATCH_UP_TICKS_MAX: u64 = 4;

const NANOS_PER_SECOND: u128 = 1_000_000_000;

/// Counts ticks against the time since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pacer {
    hz: u32,
    /// Ticks that were run or given up.
    settled: u64,
}

/// What is due at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Ticks to run now.
    pub ticks: u64,
    /// How many of them are late by a whole tick or more.
    pub late: u64,
    /// Ticks given up: by so much the region's time was slowed.
    pub dropped: u64,
}

impl Pacer {
    /// A pacer of `hz` ticks a second (at least one), whose first tick is due one period after the start.
    #[must_use]
    pub const fn new(hz: u32) -> Self {
        Self { hz: if hz == 0 { 1 } else { hz }, settled: 0 }
    }

    /// What is due when `since_start` has passed. A clock that stands still or steps back owes nothing.
    pub fn due(&mut self, since_start: Duration) -> Due {
        let elapsed = since_start.as_nanos() * u128::from(self.hz) / NANOS_PER_SECOND;
        let owed = u64::try_from(elapsed).unwrap_or(u64::MAX).saturating_sub(self.settled);
        self.settled += owed;
        let ticks = owed.min(CATCH_UP_TICKS_MAX);
        Due { ticks, late: ticks.saturating_sub(1), dropped: owed - ticks }
    }

    /// How long after the start the next tick is due.
    #[must_use]
    pub fn next_due(&self) -> Duration {
        // Rounded up, so that who sleeps until then finds the tick due.
        let nanos = (u128::from(self.settled) + 1) * NANOS_PER_SECOND;
        Duration::from_nanos(u64::try_from(nanos.div_ceil(u128::from(self.hz))).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn on_time_is_one_tick_a_period() {
        let mut pacer = Pacer::new(60);
        assert_eq!(pacer.due(Duration::ZERO), Due::default());
        for _ in 0..600 {
            assert_eq!(pacer.due(pacer.next_due()), Due { ticks: 1, late: 0, dropped: 0 });
        }
        assert_eq!(pacer.next_due(), Duration::from_nanos(10_016_666_667));
    }

    #[test]
    fn a_short_stall_is_caught_up() {
        let mut pacer = Pacer::new(60);
        assert_eq!(pacer.due(Duration::from_millis(51)), Due { ticks: 3, late: 2, dropped: 0 });
    }

    #[test]
    fn a_long_stall_is_given_up() {
        let mut pacer = Pacer::new(60);
        assert_eq!(pacer.due(Duration::from_secs(2)), Due { ticks: 4, late: 3, dropped: 116 });
        assert_eq!(pacer.due(Duration::from_secs(2)), Due::default());
    }

    #[test]
    fn time_that_runs_backwards_owes_nothing() {
        let mut pacer = Pacer::new(60);
        pacer.due(Duration::from_secs(1));
        assert_eq!(pacer.due(Duration::from_millis(10)), Due::default());
    }

    proptest! {
        #[test]
        fn every_tick_is_run_or_counted_as_dropped(hz in 1_u32..240, waits_us in prop::collection::vec(0_u64..300_000, 1..200)) {
            let mut pacer = Pacer::new(hz);
            let (mut now, mut run, mut dropped) = (Duration::ZERO, 0, 0);
            for wait in waits_us {
                now += Duration::from_micros(wait);
                let due = pacer.due(now);
                prop_assert!(due.ticks <= CATCH_UP_TICKS_MAX);
                prop_assert!(due.late <= due.ticks);
                prop_assert!(due.dropped == 0 || due.ticks == CATCH_UP_TICKS_MAX);
                prop_assert!(pacer.next_due() > now);
                run += due.ticks;
                dropped += due.dropped;
            }
            prop_assert_eq!(u128::from(run + dropped), now.as_nanos() * u128::from(hz) / NANOS_PER_SECOND);
        }
    }
}
