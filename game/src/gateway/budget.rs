//! How many messages a client may send: a bucket that fills with time.

use std::time::{Duration, Instant};

/// A token bucket.
#[derive(Clone, Copy, Debug)]
pub(super) struct MessageBudget {
    per_second: f64,
    burst: f64,
    left: f64,
    at: Instant,
}

impl MessageBudget {
    pub(super) fn new(per_second: u32, burst: u32, now: Instant) -> Self {
        Self { per_second: per_second.into(), burst: burst.into(), left: burst.into(), at: now }
    }

    /// Whether one more message is within the budget, which it then uses.
    pub(super) fn spend(&mut self, now: Instant) -> bool {
        let passed: Duration = now.saturating_duration_since(self.at);
        self.at = now;
        self.left = (self.left + passed.as_secs_f64() * self.per_second).min(self.burst);
        if self.left < 1.0 {
            return false;
        }
        self.left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_a_flood_does_not() {
        let start = Instant::now();
        let mut budget = MessageBudget::new(10, 5, start);
        assert!((0..5).all(|_| budget.spend(start)));
        assert!(!budget.spend(start));
        assert!(budget.spend(start + Duration::from_millis(150)));
        assert!(!budget.spend(start + Duration::from_millis(151)));
        let later = start + Duration::from_secs(3_600);
        assert_eq!((0..100).filter(|_| budget.spend(later)).count(), 5, "an idle hour saves up one burst");
    }
}
