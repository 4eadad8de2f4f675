//! The queue of background jobs: hands job ids to workers, at least once each, and survives every crash.
//!
//! The queue carries nothing but an id. What a job is, how far it came and how often it may be tried stands in
//! the caller's own table; so a job may be offered again after a crash, and a handler must be able to begin where
//! it was. apalis keeps the queue in SQLite or PostgreSQL; its tables are its own business. In Redis it is [ours](redis).
//!
//! The SQLite queue belongs into a file of its own: it is polled and written all the time, and its pool has other
//! pragmas than the one that keeps accounts.

use std::{fmt::Display, str::FromStr, time::Duration};

use apalis::prelude::{Task, TaskBuilder, TaskSink, TaskSinkError};
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::time::timeout;
use uuid::Uuid;

use crate::node::{Node, NodeError, RedisAddress};
use crate::sqlite::{without_stale_transactions, write_nothing_new};

mod redis;
pub(crate) mod seated;
mod worker;

use self::redis::RedisJobs;
pub use self::seated::{OpenJobs, QueueSeat, SharedQueue};
pub use self::worker::{JobHandler, Pulse, Verdict, WorkerHandle, WorkerIllness, WorkerSettings};

/// How long one exchange with the queue's database may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);
/// How long a SQLite writer waits for another one, in the file that only the queue uses.
const SQLITE_BUSY_LIMIT: Duration = Duration::from_secs(5);
const POOL_CONNECTIONS_MAX: u32 = 4;
/// The queue's name in its tables.
const QUEUE: &str = "realmkeep";
/// How often the queue itself offers a job that failed or lost its worker. The real limit is the handler's.
const OFFERS_MAX: usize = 1_000;

/// What travels through the queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct QueuedJob {
    job: Uuid,
}

/// When a job's turn comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Higher ones come first.
    pub priority: u32,
    /// How often the job was put into the queue anew, after its end or after it was postponed.
    pub turn: u32,
}

impl Order {
    /// What tells this turn of the job from others.
    fn key(self, job: Uuid) -> String {
        match self.turn {
            0 => job.to_string(),
            turn => format!("{job}-{turn}"),
        }
    }
}

/// A queue of jobs. Clones share its connections.
#[derive(Clone, Debug)]
pub struct JobQueue {
    driver: Driver,
    place: String,
}

#[derive(Clone, Debug)]
enum Driver {
    Sqlite(SqlitePool),
    Postgres(PgPool),
    Redis(Box<RedisJobs>),
}

/// Why the queue could not be used.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The address is none of `sqlite:`, `postgres:` and `redis:`, or does not parse.
    #[error("job queue address {url:?} is not usable: {reason}")]
    InvalidAddress {
        /// The address, without its password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database cannot be opened or brought to the current schema.
    #[error("job queue at {place} cannot be opened: {reason}")]
    CannotOpen {
        /// File or server.
        place: String,
        /// What the database said.
        reason: String,
    },
    /// The database failed at work.
    #[error("job queue failed: {0}")]
    Failed(String),
    /// The database did not answer in time.
    #[error("job queue did not answer within {} s", ANSWER_LIMIT.as_secs())]
    TimedOut,
    /// Redis failed.
    #[error("job queue failed: {0}")]
    Node(#[from] NodeError),
}

impl JobQueue {
    /// Opens the queue at `url` (`sqlite://file`, `postgres://…` or `redis://…`) and brings its tables up to date.
    ///
    /// # Errors
    /// The address does not parse, or the database cannot be opened.
    pub async fn connect(url: &str) -> Result<Self, QueueError> {
        if url.starts_with("sqlite:") {
            Self::connect_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::connect_postgres(url).await
        } else if url.starts_with("redis:") {
            Self::connect_redis(&RedisAddress::server(url), QUEUE).await
        } else {
            Err(invalid_address(url, "it must begin with sqlite:, postgres: or redis:"))
        }
    }

    /// Opens the queue of that name in a Redis or a cluster.
    ///
    /// # Errors
    /// The address does not parse, or nobody answers there.
    pub async fn connect_redis(address: &RedisAddress, name: &str) -> Result<Self, QueueError> {
        let jobs = RedisJobs::connect(address, name).await?;
        let place = jobs.place().to_owned();
        Ok(Self { driver: Driver::Redis(Box::new(jobs)), place })
    }

    /// Opens the queue that nodes share in a Redis or a cluster.
    pub(crate) async fn shared_in_redis(address: &RedisAddress) -> Result<Self, NodeError> {
        let jobs = RedisJobs::connect(address, QUEUE).await?;
        let place = jobs.place().to_owned();
        Ok(Self { driver: Driver::Redis(Box::new(jobs)), place })
    }

    async fn connect_sqlite(url: &str) -> Result<Self, QueueError> {
        // apalis' own setup() would turn `synchronous` off, so its migrations run alone, under our pragmas.
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|error| invalid_address(url, error))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(SQLITE_BUSY_LIMIT);
        let place = options.get_filename().display().to_string();
        let pool = without_stale_transactions(SqlitePoolOptions::new())
            .max_connections(POOL_CONNECTIONS_MAX)
            .acquire_timeout(ANSWER_LIMIT)
            .connect_with(options)
            .await
            .map_err(|error| cannot_open(&place, error))?;
        SqliteStorage::migrations().run(&pool).await.map_err(|error| cannot_open(&place, error))?;
        Ok(Self { driver: Driver::Sqlite(pool), place })
    }

    async fn connect_postgres(url: &str) -> Result<Self, QueueError> {
        let place = url.rsplit('@').next().unwrap_or(url).to_owned();
        let connecting = PgPoolOptions::new()
            .max_connections(POOL_CONNECTIONS_MAX)
            .acquire_timeout(ANSWER_LIMIT)
            .connect(url);
        let pool = match timeout(ANSWER_LIMIT, connecting).await {
            Ok(outcome) => outcome.map_err(|error| cannot_open(&place, error))?,
            Err(_) => return Err(cannot_open(&place, QueueError::TimedOut)),
        };
        PostgresStorage::setup(&pool).await.map_err(|error| cannot_open(&place, error))?;
        Ok(Self { driver: Driver::Postgres(pool), place })
    }

    /// Puts a job into the queue. A job that is or was in it already for that turn is not put twice; a queue in Redis
    /// knows that for a week.
    ///
    /// # Errors
    /// The database failed or did not answer in time.
    pub async fn push(&self, job: Uuid, order: Order) -> Result<(), QueueError> {
        let pushed = async {
            match &self.driver {
                Driver::Sqlite(pool) => {
                    sqlite_storage(pool).push_task(task(job, order)).await.map_err(failed)
                }
                Driver::Postgres(pool) => postgres_storage(pool)
                    .push_task(task(job, order))
                    .await
                    .or_else(|error| accept_duplicate(&error)),
                Driver::Redis(jobs) => Ok(jobs.push(&[(job, order)]).await?),
            }
        };
        timeout(ANSWER_LIMIT, pushed).await.map_err(|_| QueueError::TimedOut)?
    }

    /// Puts many jobs into the queue, each as of [`push`](Self::push).
    ///
    /// # Errors
    /// The database failed or did not answer in time; some of them may be in the queue.
    pub async fn push_all(&self, jobs: &[(Uuid, Order)]) -> Result<(), QueueError> {
        if let Driver::Redis(redis) = &self.driver {
            return Ok(redis.push(jobs).await?);
        }
        for (job, order) in jobs {
            self.push(*job, *order).await?;
        }
        Ok(())
    }

    /// Forgets all jobs that are not done, since another queue has them.
    pub(crate) async fn forget_open(&self) -> Result<(), QueueError> {
        const OPEN: &str = "status NOT IN ('Done', 'Killed')";
        let forgotten = async {
            match &self.driver {
                Driver::Sqlite(pool) => {
                    let forget = format!("DELETE FROM Jobs WHERE job_type = ? AND {OPEN}");
                    let forget = sqlx::query(sqlx::AssertSqlSafe(forget)).bind(QUEUE);
                    forget.execute(pool).await.map(|_| ()).map_err(failed)
                }
                Driver::Postgres(pool) => {
                    let forget = format!("DELETE FROM apalis.jobs WHERE job_type = $1 AND {OPEN}");
                    let forget = sqlx::query(sqlx::AssertSqlSafe(forget)).bind(QUEUE);
                    forget.execute(pool).await.map(|_| ()).map_err(failed)
                }
                Driver::Redis(jobs) => Ok(jobs.forget_open().await?),
            }
        };
        timeout(ANSWER_LIMIT, forgotten).await.map_err(|_| QueueError::TimedOut)?
    }

    /// Finds out whether the queue's database answers now, and whether its file can be written.
    ///
    /// # Errors
    /// It does not, and why.
    pub async fn probe(&self) -> Result<(), QueueError> {
        let asked = async {
            match &self.driver {
                Driver::Sqlite(pool) => {
                    let asked = sqlx::query("SELECT 1 FROM Jobs LIMIT 1").execute(pool).await;
                    asked.map_err(failed)?;
                    write_nothing_new(pool).await.map_err(failed)
                }
                Driver::Postgres(pool) => {
                    sqlx::query("SELECT 1").execute(pool).await.map(|_| ()).map_err(failed)
                }
                Driver::Redis(jobs) => Ok(jobs.probe().await?),
            }
        };
        timeout(ANSWER_LIMIT, asked).await.map_err(|_| QueueError::TimedOut)?
    }

    /// The driver's name, for logs and health.
    #[must_use]
    pub fn driver(&self) -> &'static str {
        match self.driver {
            Driver::Sqlite(_) => "sqlite",
            Driver::Postgres(_) => "postgres",
            Driver::Redis(_) => "redis",
        }
    }

    pub(crate) fn explain(&self, error: &QueueError) -> NodeError {
        match error {
            QueueError::Node(error) => error.clone(),
            QueueError::TimedOut => NodeError::TimedOut {
                place: self.place.clone(),
                limit_ms: u64::try_from(ANSWER_LIMIT.as_millis()).unwrap_or(u64::MAX),
            },
            error => NodeError::Failed { place: self.place.clone(), reason: error.to_string() },
        }
    }

    /// Closes the connections; an embedded file is left without its write-ahead log.
    pub async fn close(&self) {
        match &self.driver {
            Driver::Sqlite(pool) => pool.close().await,
            Driver::Postgres(pool) => pool.close().await,
            // Its connections close with the last one who has it.
            Driver::Redis(_) => {}
        }
    }
}

#[async_trait]
impl Node for JobQueue {
    fn driver(&self) -> &'static str {
        Self::driver(self)
    }

    fn place(&self) -> String {
        self.place.clone()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        Self::probe(self).await.map_err(|error| self.explain(&error))
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}

fn task(job: Uuid, order: Order) -> Task<QueuedJob> {
    TaskBuilder::new(QueuedJob { job })
        .max_attempts(OFFERS_MAX)
        .priority(order.priority as usize)
        .idempotency_key(order.key(job))
        .build()
}

fn sqlite_storage(pool: &SqlitePool) -> SqliteStorage<QueuedJob> {
    SqliteStorage::new(pool).with_config(
        apalis_sqlite::Config::default()
            .queue(QUEUE)
            .batch_size(1)
            .heartbeat_interval(worker::HEARTBEAT_INTERVAL)
            .missed_heartbeats(worker::MISSED_HEARTBEATS_MAX),
    )
}

fn postgres_storage(pool: &PgPool) -> PostgresStorage<QueuedJob> {
    PostgresStorage::new(pool).with_config(
        apalis_postgres::Config::default()
            .queue(QUEUE)
            .batch_size(1)
            .heartbeat_interval(worker::HEARTBEAT_INTERVAL)
            .missed_heartbeats(worker::MISSED_HEARTBEATS_MAX),
    )
}

/// SQLite ignores a key that it has; PostgreSQL complains about it.
fn accept_duplicate(error: &TaskSinkError<apalis_postgres::Error>) -> Result<(), QueueError> {
    match error {
        TaskSinkError::PushError(apalis_postgres::Error::Database(sqlx::Error::Database(database)))
            if database.is_unique_violation() =>
        {
            Ok(())
        }
        _ => Err(failed(error)),
    }
}

fn failed(reason: impl Display) -> QueueError {
    QueueError::Failed(reason.to_string())
}

fn invalid_address(url: &str, reason: impl Display) -> QueueError {
    let url = url.rsplit('@').next().unwrap_or(url).to_owned();
    QueueError::InvalidAddress { url, reason: reason.to_string() }
}

fn cannot_open(place: &str, reason: impl Display) -> QueueError {
    QueueError::CannotOpen { place: place.to_owned(), reason: reason.to_string() }
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!("realmkeep_job_runs_total", "Runs of background jobs, by how they ended");
    metrics::describe_gauge!("realmkeep_jobs_running", "Background jobs that run in this process now");
    metrics::describe_counter!(
        "realmkeep_job_worker_restarts_total",
        "Times that the job worker stopped by itself and was started again"
    );
}
