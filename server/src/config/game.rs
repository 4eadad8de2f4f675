//! Regions and players' sockets.

use garde::Validate;
use serde::Deserialize;

/// The live region and the gateway.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct GameSettings {
    /// Wandering creatures in the live region.
    #[garde(range(max = 10_000))]
    pub(crate) npcs: u32,
    /// Game sockets open at once.
    #[garde(range(min = 1, max = 100_000))]
    pub(crate) sockets_max: u32,
    /// How often a client must give a sign of life, in milliseconds.
    #[garde(range(min = 500, max = 60_000))]
    pub(crate) heartbeat_ms: u32,
    /// How long the entity of a lost socket waits for its player, in milliseconds.
    #[garde(range(min = 1_000, max = 600_000))]
    pub(crate) resume_ttl_ms: u32,
}

impl Default for GameSettings {
    fn default() -> Self {
        Self { npcs: 12, sockets_max: 2_000, heartbeat_ms: 5_000, resume_ttl_ms: 30_000 }
    }
}
