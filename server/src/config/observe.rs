//! The dashboard's live view.

use garde::Validate;
use serde::Deserialize;

/// Limits of `/ws/observe`.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ObserveSettings {
    /// Sockets open at once.
    #[garde(range(min = 1, max = 10_000))]
    pub(crate) sockets_max: usize,
    /// How often figures are sent, in milliseconds.
    #[garde(range(min = 100, max = 60_000))]
    pub(crate) figures_every_ms: u64,
    /// How often watched entities are sent, in milliseconds.
    #[garde(range(min = 50, max = 60_000))]
    pub(crate) entities_every_ms: u64,
}

impl Default for ObserveSettings {
    fn default() -> Self {
        Self { sockets_max: 64, figures_every_ms: 500, entities_every_ms: 200 }
    }
}
