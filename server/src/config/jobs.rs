//! Background jobs.

use garde::Validate;
use serde::Deserialize;

/// The worker of this process.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct JobSettings {
    /// Jobs worked on at once.
    #[garde(range(min = 1, max = 64))]
    pub(crate) concurrency: usize,
}

impl Default for JobSettings {
    fn default() -> Self {
        Self { concurrency: 2 }
    }
}
