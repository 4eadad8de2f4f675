//! The address for machines: `/metrics`, `/health/live`, `/health/ready`.

use std::net::SocketAddr;

use garde::Validate;
use serde::Deserialize;

/// The operations listener. It has no login: keep it off the public network.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OpsSettings {
    /// Where to listen. `REALMKEEP_OPS_ADDR` sets it too.
    #[garde(skip)]
    pub(crate) addr: SocketAddr,
    /// How often each part is probed, in milliseconds.
    #[garde(range(min = 100, max = 60_000))]
    pub(crate) probe_every_ms: u64,
    /// How long a probe may take before the part counts as ill, in milliseconds.
    #[garde(range(min = 50, max = 60_000))]
    pub(crate) probe_timeout_ms: u64,
}

impl Default for OpsSettings {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 9464)),
            probe_every_ms: 2_000,
            probe_timeout_ms: 1_500,
        }
    }
}
