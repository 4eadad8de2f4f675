//! Events a second, from counts that are asked for now and then.

use chrono::{DateTime, Utc};

/// Points of the history.
pub(super) const POINTS: usize = 60;

/// The last counts of a pipeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Throughput {
    last: Option<(DateTime<Utc>, u64)>,
    rates: Vec<f64>,
}

impl Throughput {
    /// Takes a count in. Counts that come sooner than half a second after the one before are left out.
    pub(super) fn note(&mut self, at: DateTime<Utc>, count: u64) {
        if let Some((before, counted)) = self.last {
            let seconds = (at - before).as_seconds_f64();
            if seconds < 0.5 {
                return;
            }
            self.rates.push(count.saturating_sub(counted) as f64 / seconds);
            let surplus = self.rates.len().saturating_sub(POINTS);
            self.rates.drain(..surplus);
        }
        self.last = Some((at, count));
    }

    /// The newest rate; 0 while there is none.
    pub(super) fn now(&self) -> f64 {
        self.rates.last().copied().unwrap_or_default()
    }

    /// All rates, the oldest first.
    pub(super) fn history(&self) -> Vec<f64> {
        self.rates.clone()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_rate_is_the_difference_over_the_time() {
        let begin = DateTime::UNIX_EPOCH;
        let mut throughput = Throughput::default();
        throughput.note(begin, 100);
        assert_eq!(throughput.now(), 0.0);
        throughput.note(begin + TimeDelta::seconds(2), 150);
        throughput.note(begin + TimeDelta::milliseconds(2_100), 999);
        assert_eq!(throughput.now(), 25.0, "what comes too soon is left out");
        throughput.note(begin + TimeDelta::seconds(4), 10);
        assert_eq!(throughput.history(), [25.0, 0.0], "a count that begins anew is no negative rate");
        for second in 5..200 {
            throughput.note(begin + TimeDelta::seconds(second), 10);
        }
        assert_eq!(throughput.history().len(), POINTS);
    }
}
