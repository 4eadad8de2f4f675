//! The last minute of the live figures, for sparklines.

use std::collections::VecDeque;

use api::observe::Figures;

/// Samples kept: a minute at two a second.
pub(crate) const CAPACITY: u32 = 120;

/// A bounded run of samples, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct History(VecDeque<Figures>);

impl History {
    /// Adds the newest sample; the oldest goes.
    pub(crate) fn push(&mut self, figures: Figures) {
        if self.0.len() == CAPACITY as usize {
            self.0.pop_front();
        }
        self.0.push_back(figures);
    }

    /// One figure of every sample.
    pub(crate) fn series(&self, of: impl Fn(&Figures) -> f64) -> Vec<f64> {
        self.0.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_sample_makes_room() {
        let mut history = History::default();
        for tick in 0..u64::from(CAPACITY) + 3 {
            history.push(Figures { tick, ..Figures::default() });
        }
        let ticks = history.series(|f| f.tick as f64);
        assert_eq!(ticks.len(), CAPACITY as usize);
        assert_eq!(ticks.first(), Some(&3.0));
    }
}
