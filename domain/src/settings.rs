//! What an installation decides about the use cases.

use std::time::Duration;

/// Everything that can be decided, by topic.
#[derive(Clone, Debug, Default)]
pub struct DomainSettings {
    /// Logins, tokens and sessions.
    pub auth: AuthSettings,
    /// The making and keeping of chunks.
    pub terrain: TerrainSettings,
    /// How the parts are probed.
    pub health: HealthSettings,
}

/// How long a login lasts, and how often it may be tried.
#[derive(Clone, Debug)]
pub struct AuthSettings {
    /// Life of an access token.
    pub access_ttl: Duration,
    /// Life of a refresh token.
    pub refresh_ttl: Duration,
    /// Life of a dashboard session without use.
    pub session_ttl: Duration,
    /// Life of a ticket for the game socket.
    pub ticket_ttl: Duration,
    /// Failed logins that an account may have from one address in a minute.
    pub logins_per_minute: u32,
    /// Whether anyone may register a player's account.
    pub registration_open: bool,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            access_ttl: Duration::from_secs(15 * 60),
            refresh_ttl: Duration::from_secs(30 * 86_400),
            session_ttl: Duration::from_secs(12 * 3_600),
            ticket_ttl: Duration::from_secs(30),
            logins_per_minute: 10,
            registration_open: true,
        }
    }
}

/// The making and keeping of chunks.
#[derive(Clone, Debug)]
pub struct TerrainSettings {
    /// Chunks that are generated at once, at most one fewer than the machine has cores.
    pub generators: usize,
    /// Memory for chunks, in bytes.
    pub cache_bytes: u64,
}

impl Default for TerrainSettings {
    fn default() -> Self {
        Self { generators: 2, cache_bytes: 32 * 1024 * 1024 }
    }
}

/// How the parts are probed.
#[derive(Clone, Debug)]
pub struct HealthSettings {
    /// Time from one probe to the next.
    pub probe_every: Duration,
    /// A probe that takes longer has failed.
    pub probe_timeout: Duration,
}

impl Default for HealthSettings {
    fn default() -> Self {
        Self { probe_every: Duration::from_secs(2), probe_timeout: Duration::from_millis(1_500) }
    }
}
