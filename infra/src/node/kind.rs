//! The kinds of nodes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a node is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Topics and streams.
    EventBus,
    /// Copies of what is costly to get.
    Cache,
    /// Who is signed in.
    SessionStore,
    /// How often something may happen.
    RateLimiter,
    /// Background jobs that wait.
    JobQueue,
    /// Records.
    DatabaseShard,
    /// Chunks and backups.
    BlobStore,
}

impl Kind {
    /// All of them, in the order in which people want to see them.
    pub const ALL: [Self; 7] = [
        Self::EventBus,
        Self::Cache,
        Self::SessionStore,
        Self::RateLimiter,
        Self::JobQueue,
        Self::DatabaseShard,
        Self::BlobStore,
    ];

    /// Its name in files and on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EventBus => "event_bus",
            Self::Cache => "cache",
            Self::SessionStore => "session_store",
            Self::RateLimiter => "rate_limiter",
            Self::JobQueue => "job_queue",
            Self::DatabaseShard => "database_shard",
            Self::BlobStore => "blob_store",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
