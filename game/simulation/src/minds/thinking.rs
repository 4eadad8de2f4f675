//! What thinking costs, for whoever watches a region.

use std::time::Duration;

/// What a tick has thought so far.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Budget {
    /// Things to do that were weighed.
    pub(super) weighed: u32,
    /// Thoughts that have to wait for the next tick.
    pub(super) waiting: u32,
    /// Those that had to in the tick before.
    pub(super) waited: u32,
}

impl Budget {
    /// For a new tick.
    pub(crate) const fn renewed(self) -> Self {
        Self { weighed: 0, waiting: 0, waited: self.waiting }
    }
}

/// How much was thought, and how long that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thinking {
    /// Thoughts that were had.
    pub thoughts: u64,
    /// Things to do that were weighed in them.
    pub weighed: u64,
    /// By the stopwatch that was handed in; nothing without one.
    pub time: Duration,
}

impl Thinking {
    /// What has been added since an earlier count.
    #[must_use]
    pub const fn since(self, before: Self) -> Self {
        Self {
            thoughts: self.thoughts - before.thoughts,
            weighed: self.weighed - before.weighed,
            time: self.time.saturating_sub(before.time),
        }
    }
}
