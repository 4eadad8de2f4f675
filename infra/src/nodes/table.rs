//! The table of drivers: what can take which seat, and what its settings are.
//!
//! Drivers that stand on our own tables are added by `store`.

use std::{
    num::NonZeroU64,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use schemars::JsonSchema;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::drivers::{Drivers, Menu};
use crate::{
    blobs::{BlobDriver, s3::S3Config},
    bus::{
        SharedBus, Topics, in_process::InProcessBus, redis::RedisBus, redis_cluster::RedisClusterBus,
        seated::EventBusDriver,
    },
    cache::{Cache, moka::MokaCache, redis::RedisCache, tiered::TieredCache},
    jobs::{JobQueue, QueueError},
    limits::{RateLimiter, governor::GovernorLimiter, redis::RedisLimiter},
    node::{
        NodeError, SecretRef,
        redis::{RedisConfig, escaped},
    },
    sessions::{SessionStore, redis::RedisSessions},
    streams::{in_process::InProcessStreams, redis::RedisStreams},
};

/// The driver of a queue that shares the records' PostgreSQL.
pub const BESIDE_RECORDS: &str = "beside_records";

/// Settings of a driver that has none.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoSettings {}

/// Settings of a cache in memory.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MemoryConfig {
    /// How much it may hold, in MiB.
    #[schemars(range(min = 1, max = 65_536))]
    pub memory_mib: NonZeroU64,
}

impl Default for MemoryConfig {
    fn default() -> Self {
        Self { memory_mib: NonZeroU64::new(64).expect("is not 0") }
    }
}

impl MemoryConfig {
    pub(crate) fn bytes(&self) -> u64 {
        self.memory_mib.get().min(65_536) * 1024 * 1024
    }
}

/// Settings of a cache in memory over one in Redis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TieredConfig {
    /// What each process keeps in its memory.
    #[serde(default)]
    pub near: MemoryConfig,
    /// What all share.
    pub redis: RedisConfig,
}

/// Settings of records or a queue in a file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SqliteConfig {
    /// The file, from the data folder. By default the one that belongs to the kind.
    #[serde(default)]
    pub file: Option<PathBuf>,
}

/// Settings of records or a queue in PostgreSQL.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostgresConfig {
    /// The server.
    pub host: String,
    /// Its port.
    #[serde(default = "postgres_port")]
    pub port: u16,
    /// The database.
    pub database: String,
    /// Whom to sign in as.
    pub user: String,
    /// Where the password is.
    #[serde(default)]
    pub password: Option<SecretRef>,
}

const fn postgres_port() -> u16 {
    5_432
}

impl PostgresConfig {
    /// The address, with the secret that it refers to.
    ///
    /// # Errors
    /// The secret is not where it should be.
    pub fn url(&self) -> Result<SecretString, NodeError> {
        let password = self.password.as_ref().map(SecretRef::resolve).transpose()?;
        let password =
            password.map_or_else(String::new, |password| format!(":{}", escaped(password.expose_secret())));
        let (user, host, port) = (escaped(&self.user), &self.host, self.port);
        Ok(format!("postgres://{user}{password}@{host}:{port}/{}", escaped(&self.database)).into())
    }
}

/// Settings of blobs in a folder.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FolderConfig {
    /// The folder, from the data folder. By default `blobs`.
    #[serde(default)]
    pub folder: Option<PathBuf>,
}

/// What records can be kept in.
#[must_use]
pub fn database_shard() -> Menu {
    Menu::default().with::<SqliteConfig>("sqlite").with::<PostgresConfig>("postgres")
}

/// Drivers of the queue of jobs; one of them beside the records, if those are in a PostgreSQL of that address.
#[must_use]
pub fn job_queue(records: Option<SecretString>) -> Drivers<JobQueue> {
    let drivers = Drivers::new()
        .with("sqlite", |config: SqliteConfig, around| async move {
            let file = around.data.join(config.file.unwrap_or_else(|| "jobs.db".into()));
            queue_at(format!("sqlite://{}?mode=rwc", file.display())).await
        })
        .with("postgres", |config: PostgresConfig, _| async move {
            queue_at(config.url()?.expose_secret().to_owned()).await
        })
        .with("redis", |config: RedisConfig, _| async move {
            Ok(Arc::new(JobQueue::shared_in_redis(&config.address()?).await?))
        });
    let Some(records) = records else { return drivers };
    drivers.with(BESIDE_RECORDS, move |_: NoSettings, _| {
        let records = records.clone();
        async move { queue_at(records.expose_secret().to_owned()).await }
    })
}

async fn queue_at(url: String) -> Result<Arc<JobQueue>, NodeError> {
    match JobQueue::connect(&url).await {
        Ok(queue) => Ok(Arc::new(queue)),
        Err(QueueError::Node(error)) => Err(error),
        Err(error) => {
            Err(NodeError::Failed { place: "the queue's database".to_owned(), reason: error.to_string() })
        }
    }
}

/// Drivers of the store of blobs.
#[must_use]
pub fn blob_store() -> Drivers<BlobDriver> {
    Drivers::new()
        .with("folder", |config: FolderConfig, around| async move {
            let folder = around.data.join(config.folder.unwrap_or_else(|| "blobs".into()));
            let opened = BlobDriver::in_folder(&folder).map_err(|error| NodeError::Failed {
                place: folder.display().to_string(),
                reason: error.to_string(),
            })?;
            Ok(Arc::new(opened))
        })
        .with("s3", |config: S3Config, _| async move { Ok(Arc::new(config.open()?)) })
}

/// Drivers of the event bus. They deliver to `listeners`.
#[must_use]
pub fn event_bus(listeners: &Topics) -> Drivers<EventBusDriver> {
    let (here, there) = (listeners.clone(), listeners.clone());
    // A journal has one writer: whoever has the seat again has the same streams again.
    let journaled = Arc::<Mutex<Option<InProcessStreams>>>::default();
    Drivers::new()
        .with("in_process", move |_: NoSettings, around| {
            let (listeners, journaled) = (here.for_another_driver(), Arc::clone(&journaled));
            async move {
                let mut journaled = journaled.lock().unwrap_or_else(PoisonError::into_inner);
                let streams = match &*journaled {
                    Some(streams) => streams.clone(),
                    None => InProcessStreams::in_folder(&around.data.join("streams"))?,
                };
                *journaled = Some(streams.clone());
                let topics = Arc::new(InProcessBus::on(listeners.clone()));
                Ok(Arc::new(EventBusDriver { topics, streams: Arc::new(streams), listeners }))
            }
        })
        .with("redis", move |config: RedisConfig, _| {
            let listeners = there.for_another_driver();
            async move { over_redis(&config, listeners).await.map(Arc::new) }
        })
}

async fn over_redis(config: &RedisConfig, listeners: Topics) -> Result<EventBusDriver, NodeError> {
    let address = config.address()?;
    let topics: SharedBus = if address.is_cluster() {
        Arc::new(RedisClusterBus::connect_on(&address, listeners.clone()).await?)
    } else {
        Arc::new(RedisBus::connect_to(&address, listeners.clone()).await?)
    };
    let streams = Arc::new(RedisStreams::connect(&address).await?);
    Ok(EventBusDriver { topics, streams, listeners })
}

/// Drivers of the cache.
#[must_use]
pub fn cache() -> Drivers<dyn Cache> {
    Drivers::new()
        .with("moka", |config: MemoryConfig, _| async move {
            Ok(Arc::new(MokaCache::new(config.bytes())) as Arc<dyn Cache>)
        })
        .with("redis", |config: RedisConfig, _| async move {
            Ok(Arc::new(RedisCache::connect(&config.address()?).await?) as Arc<dyn Cache>)
        })
        .with("tiered", |config: TieredConfig, around| async move {
            let near = MokaCache::new(config.near.bytes());
            let far = RedisCache::connect(&config.redis.address()?).await?;
            Ok(Arc::new(TieredCache::start(near, far, around.bus).await?) as Arc<dyn Cache>)
        })
}

/// Drivers of the session store: those that stand on our tables, and the networked one.
#[must_use]
pub fn session_store(of_records: Drivers<dyn SessionStore>) -> Drivers<dyn SessionStore> {
    of_records.with("redis", |config: RedisConfig, _| async move {
        Ok(Arc::new(RedisSessions::connect(&config.address()?).await?) as Arc<dyn SessionStore>)
    })
}

/// Drivers of the rate limiter.
#[must_use]
pub fn rate_limiter() -> Drivers<dyn RateLimiter> {
    Drivers::new()
        .with("governor", |_: NoSettings, _| async move {
            Ok(Arc::new(GovernorLimiter::new()) as Arc<dyn RateLimiter>)
        })
        .with("redis", |config: RedisConfig, _| async move {
            Ok(Arc::new(RedisLimiter::connect(&config.address()?).await?) as Arc<dyn RateLimiter>)
        })
}
