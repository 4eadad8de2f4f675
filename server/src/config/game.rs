//! Regions and players' sockets.

use game::RecordingLimits;
use garde::Validate;
use serde::Deserialize;

/// The live region and the gateway.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct GameSettings {
    /// Wandering creatures in the live region.
    #[garde(range(max = 10_000))]
    pub(crate) npcs: u32,
    /// Multiplies the rules' walking speeds, which are those of a tabletop: 30 feet in six seconds.
    #[garde(range(min = 0.1, max = 20.0))]
    pub(crate) movement_scale: f64,
    /// How long what the dead leave behind lies on the ground, in seconds.
    #[garde(range(min = 10, max = 86_400))]
    pub(crate) heaps_last_s: u32,
    /// How long an hour of the rules lasts, in seconds: of rests, and of lying at 0 hit points out of danger.
    #[garde(range(min = 1, max = 3_600))]
    pub(crate) hour_lasts_s: u32,
    /// How long a fight must be over for a rest, in seconds.
    #[garde(range(max = 3_600))]
    pub(crate) rest_after_fight_s: u32,
    /// How long the body of who leaves in a fight stays for it at most, in seconds.
    #[garde(range(max = 3_600))]
    pub(crate) fights_hold_s: u32,
    /// How many of the cells have a den of wild monsters where danger is greatest, 0 to 1; elsewhere in proportion to it.
    #[garde(range(min = 0.0, max = 1.0))]
    pub(crate) wild_density: f64,
    /// Most wild monsters in the region at a time.
    #[garde(range(max = 5_000))]
    pub(crate) wild_monsters_max: u32,
    /// How long a den is empty whose pack was killed, in seconds.
    #[garde(range(min = 10, max = 604_800))]
    pub(crate) wild_respawn_s: u32,
    /// Minutes that the region records of what it is told; 0 for nothing.
    #[garde(range(max = 240))]
    pub(crate) recording_minutes: u32,
    /// Memory for that, in MiB: it holds less time where it fills sooner.
    #[garde(range(min = 8, max = 4_096))]
    pub(crate) recording_mib: u32,
    /// How often players' positions are saved while they play, in milliseconds.
    #[garde(range(min = 500, max = 600_000))]
    pub(crate) save_every_ms: u64,
    /// Game sockets open at once.
    #[garde(range(min = 1, max = 100_000))]
    pub(crate) sockets_max: usize,
    /// How often a client must give a sign of life, in milliseconds.
    #[garde(range(min = 500, max = 60_000))]
    pub(crate) heartbeat_ms: u64,
    /// How long the entity of a lost socket waits for its player, in milliseconds.
    #[garde(range(min = 1_000, max = 600_000))]
    pub(crate) resume_ttl_ms: u64,
}

impl GameSettings {
    /// What a region keeps of what it is told.
    pub(crate) const fn recording(&self) -> Option<RecordingLimits> {
        match self.recording_minutes {
            0 => None,
            minutes => Some(RecordingLimits::minutes(minutes, self.recording_mib)),
        }
    }
}

impl Default for GameSettings {
    fn default() -> Self {
        Self {
            npcs: 12,
            movement_scale: 3.0,
            heaps_last_s: 300,
            hour_lasts_s: 300,
            rest_after_fight_s: 30,
            fights_hold_s: 120,
            wild_density: 0.4,
            wild_monsters_max: 400,
            wild_respawn_s: 300,
            recording_minutes: 10,
            recording_mib: 64,
            save_every_ms: 10_000,
            sockets_max: 2_000,
            heartbeat_ms: 5_000,
            resume_ttl_ms: 30_000,
        }
    }
}
