//! Servers that tests and benchmarks talk to: each on a free port of the loopback, with a folder of its own.

mod background;
mod postgres;
mod realm;
mod redis;

use std::path::Path;

use anyhow::Result;

use self::background::Background;
pub(crate) use self::realm::{OWNER_EMAIL, OWNER_PASSWORD, Realm};

/// Real PostgreSQL and Redis.
pub(crate) struct Databases {
    pub(crate) postgres_url: String,
    pub(crate) redis_url: String,
    _postgres: Background,
    _redis: Background,
}

impl Databases {
    pub(crate) fn start(folder: &Path, logs: &Path) -> Result<Self> {
        let (postgres, postgres_url) = background::retry(|port| postgres::start(folder, logs, port))?;
        let (redis, redis_url) = background::retry(|port| redis::start(folder, logs, port))?;
        Ok(Self { postgres_url, redis_url, _postgres: postgres, _redis: redis })
    }
}
