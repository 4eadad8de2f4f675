//! Servers that tests and benchmarks talk to: each on a free port of the loopback, with a folder of its own.

mod background;
mod postgres;
mod realm;
mod redis;

use std::path::Path;

use anyhow::Result;

use self::background::Background;
pub(crate) use self::realm::{OWNER_EMAIL, OWNER_PASSWORD, Realm};
use crate::setup::{self, Need, Package};
use crate::workspace::Workspace;

/// Real PostgreSQL, Redis and Redis Cluster.
pub(crate) struct Databases {
    pub(crate) postgres_url: String,
    pub(crate) redis_url: String,
    /// The nodes of the cluster, with commas between.
    pub(crate) redis_cluster_urls: String,
    _postgres: Background,
    _redis: Background,
    _redis_cluster: Vec<Background>,
}

impl Databases {
    pub(crate) fn start(folder: &Path, logs: &Path) -> Result<Self> {
        let (postgres, postgres_url) = background::retry(|port| postgres::start(folder, logs, port))?;
        let (redis, redis_url) = background::retry(|port| redis::start(folder, logs, port))?;
        let (redis_cluster, redis_cluster_urls) = redis::start_cluster(folder, logs)?;
        Ok(Self {
            postgres_url,
            redis_url,
            redis_cluster_urls,
            _postgres: postgres,
            _redis: redis,
            _redis_cluster: redis_cluster,
        })
    }
}

/// A Redis alone, with its logs beside it; installed, if it is missing. It ends with what is returned.
///
/// # Errors
/// When it can't be installed, or does not start.
pub(crate) fn lone_redis(workspace: &Workspace, folder: &Path) -> Result<(impl Sized + use<>, String)> {
    setup::ensure(workspace, &[Need::Debian(Package::Redis)])?;
    background::retry(|port| redis::start(folder, folder, port))
}
