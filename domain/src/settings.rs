//! What an installation decides about the use cases.

use std::{path::PathBuf, time::Duration};

/// Everything that can be decided, by topic.
#[derive(Clone, Debug)]
pub struct DomainSettings {
    /// The address that browsers use, for links in letters.
    pub public_url: String,
    /// Logins, tokens and sessions.
    pub auth: AuthSettings,
    /// The making and keeping of chunks.
    pub terrain: TerrainSettings,
    /// How the parts are probed.
    pub health: HealthSettings,
    /// Pipelines.
    pub pipelines: PipelineSettings,
    /// How characters rest.
    pub rests: RestSettings,
    /// A folder for files that are only needed for a while.
    pub scratch: PathBuf,
}

impl Default for DomainSettings {
    fn default() -> Self {
        Self {
            auth: AuthSettings::default(),
            terrain: TerrainSettings::default(),
            health: HealthSettings::default(),
            pipelines: PipelineSettings::default(),
            rests: RestSettings::default(),
            scratch: std::env::temp_dir(),
            public_url: String::new(),
        }
    }
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
    /// Whether staff may do nothing before they have set up a second factor.
    pub staff_second_factor: bool,
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
            staff_second_factor: false,
        }
    }
}

/// How characters rest.
#[derive(Clone, Copy, Debug)]
pub struct RestSettings {
    /// How long an hour of the rules lasts.
    pub hour: Duration,
    /// How long the last fight must be over.
    pub calm: Duration,
}

impl Default for RestSettings {
    fn default() -> Self {
        Self { hour: Duration::from_secs(300), calm: Duration::from_secs(30) }
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

/// Pipelines.
#[derive(Clone, Debug)]
pub struct PipelineSettings {
    /// The folder of the files that pipelines write.
    pub files: PathBuf,
    /// Events that a worker has held for so long are taken over by another.
    pub claim_after: Duration,
}

impl Default for PipelineSettings {
    fn default() -> Self {
        Self { files: PathBuf::from("data/etl"), claim_after: Duration::from_secs(30) }
    }
}
