//! Opening the database, and finding out whether it answers.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use infra::sqlite::without_stale_transactions;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use tokio::time::timeout;

use crate::{
    StoreError,
    records::sealed::Sealed,
    write_trial::{self, WriteTrials},
};

/// How long opening a connection, or waiting for a free one, may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// How long a statement may run at a server before the server ends it.
const STATEMENT_LIMIT: Duration = Duration::from_secs(30);
/// How long the answer to a probe may take.
const PROBE_LIMIT: Duration = Duration::from_secs(2);
/// How long a SQLite writer waits for its turn.
const SQLITE_BUSY_MS: u32 = 5_000;
/// SQLite files up to this size are checked for damage when they are opened; larger ones would take too long.
const CHECKED_FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Where the records are.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// `sqlite://path?mode=rwc` or `postgres://user:password@host:port/database`.
    pub url: String,
    /// Connections of this process at the same time.
    pub max_connections: u32,
}

/// The records. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    database: DatabaseConnection,
    place: String,
    file: Option<PathBuf>,
    write_trials: Arc<WriteTrials>,
}

impl Store {
    /// Opens the database; a SQLite file is made if the address allows it (`mode=rwc`).
    ///
    /// # Errors
    /// The address does not parse, no server answers, or the file is damaged or cannot be written. The error names
    /// the place, and nothing was overwritten.
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, StoreError> {
        let url = settings.url.as_str();
        if url.starts_with("sqlite:") {
            Self::connect_sqlite(settings).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::connect_postgres(settings).await
        } else {
            let reason = "it must begin with sqlite: or postgres:".to_owned();
            Err(StoreError::InvalidAddress { url: without_credentials(url), reason })
        }
    }

    async fn connect_sqlite(settings: &DatabaseSettings) -> Result<Self, StoreError> {
        let file = sqlite_file(&settings.url);
        let mut options = connect_options(settings);
        options.map_sqlx_sqlite_opts(|sqlite| {
            // Accounts and characters must survive a power cut, hence FULL.
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                .pragma("busy_timeout", SQLITE_BUSY_MS.to_string())
        });
        options.map_sqlx_sqlite_pool_opts(without_stale_transactions);
        let opened = |error: DbErr| sqlite_open_error(&file, &error);
        let database = Database::connect(options).await.map_err(opened)?;
        check_sqlite(&database, &file).await?;
        let store = Self::on(database, file.display().to_string(), Some(file.clone()));
        // Taking and returning the write lock tells now, not at the first login, that the file is read-only.
        match store.begin().await {
            Ok(transaction) => drop(transaction),
            Err(StoreError::Failed(error)) => return Err(sqlite_open_error(&file, &error)),
            Err(error) => return Err(error),
        }
        Ok(store)
    }

    async fn connect_postgres(settings: &DatabaseSettings) -> Result<Self, StoreError> {
        let place = without_credentials(&settings.url);
        let mut options = connect_options(settings);
        options.statement_timeout(STATEMENT_LIMIT);
        let cannot_open = |reason: String| StoreError::CannotOpen { place: place.clone(), reason };
        match timeout(CONNECT_LIMIT, Database::connect(options)).await {
            Ok(Ok(database)) => Ok(Self::on(database, place, None)),
            Ok(Err(error)) => Err(cannot_open(error.to_string())),
            Err(_) => Err(cannot_open(format!("no answer within {} s", CONNECT_LIMIT.as_secs()))),
        }
    }

    fn on(database: DatabaseConnection, place: String, file: Option<PathBuf>) -> Self {
        Self { database, place, file, write_trials: Arc::default() }
    }

    /// Finds out whether the database answers now, and takes what is written.
    ///
    /// # Errors
    /// It does not, or its file is gone.
    pub async fn probe(&self) -> Result<(), StoreError> {
        self.probe_reading().await?;
        write_trial::can_write(self).await
    }

    /// Finds out whether the database answers now, and changes nothing in it.
    ///
    /// # Errors
    /// It does not, or its file is gone.
    pub(crate) async fn probe_reading(&self) -> Result<(), StoreError> {
        if let Some(file) = &self.file {
            // SQLite goes on with a file that was deleted under it, and everything written is lost at the end.
            tokio::fs::metadata(file)
                .await
                .map_err(|error| StoreError::Unreachable(format!("{}: {error}", file.display())))?;
        }
        let statement = Statement::from_string(
            self.database.get_database_backend(),
            "SELECT COUNT(*) FROM seaql_migrations",
        );
        match timeout(PROBE_LIMIT, self.database.query_one_raw(statement)).await {
            Ok(outcome) => outcome.map(|_| ()).map_err(StoreError::from),
            Err(_) => Err(StoreError::Unreachable(format!("no answer within {} s", PROBE_LIMIT.as_secs()))),
        }
    }

    /// Where the records are, for messages to people: the file, or the server without its password.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    pub(crate) fn write_trials(&self) -> &WriteTrials {
        &self.write_trials
    }

    pub(crate) fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// The connections themselves, for `migration` alone.
    #[must_use]
    pub fn database(&self) -> &DatabaseConnection {
        &self.database
    }

    /// Closes the connections; a SQLite file is left without its write-ahead log.
    ///
    /// # Errors
    /// The database failed.
    pub async fn close(&self) -> Result<(), StoreError> {
        Ok(self.database.close_by_ref().await?)
    }
}

impl Sealed for Store {
    type Connection = DatabaseConnection;

    fn connection(&self) -> &DatabaseConnection {
        &self.database
    }
}

fn connect_options(settings: &DatabaseSettings) -> ConnectOptions {
    let mut options = ConnectOptions::new(settings.url.clone());
    options
        .max_connections(settings.max_connections.max(1))
        .connect_timeout(CONNECT_LIMIT)
        .acquire_timeout(CONNECT_LIMIT)
        .sqlx_logging(false);
    options
}

async fn check_sqlite(database: &DatabaseConnection, file: &Path) -> Result<(), StoreError> {
    let size = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    if size > CHECKED_FILE_BYTES_MAX {
        return Ok(());
    }
    let statement = Statement::from_string(database.get_database_backend(), "PRAGMA quick_check(1)");
    let row = database.query_one_raw(statement).await.map_err(|error| sqlite_open_error(file, &error))?;
    let verdict = match row {
        Some(row) => row.try_get_by_index::<String>(0).map_err(|error| sqlite_open_error(file, &error))?,
        None => "the check gave no answer".to_owned(),
    };
    if verdict == "ok" { Ok(()) } else { Err(StoreError::Corrupt { file: file.to_owned(), reason: verdict }) }
}

fn sqlite_open_error(file: &Path, error: &DbErr) -> StoreError {
    let reason = error.to_string();
    let says = |signs: &[&str]| signs.iter().any(|sign| reason.contains(sign));
    if says(&["file is not a database", "malformed"]) {
        StoreError::Corrupt { file: file.to_owned(), reason }
    } else if says(&["readonly", "read-only"]) {
        StoreError::ReadOnly { file: file.to_owned(), reason }
    } else if says(&["database or disk is full"]) {
        StoreError::DiskFull
    } else {
        StoreError::CannotOpen { place: file.display().to_string(), reason }
    }
}

fn sqlite_file(url: &str) -> PathBuf {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    PathBuf::from(path.split('?').next().unwrap_or(path))
}

fn without_credentials(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => format!("{}://{}", &url[..scheme], &url[at + 1..]),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{sqlite_file, without_credentials};

    #[test]
    fn a_place_that_is_shown_carries_no_password() {
        assert_eq!(without_credentials("postgres://keeper:p@ss@db:5432/realm"), "postgres://db:5432/realm");
        assert_eq!(without_credentials("sqlite://data/realmkeep.db"), "sqlite://data/realmkeep.db");
    }

    #[test]
    fn the_file_of_an_address_is_found() {
        assert_eq!(sqlite_file("sqlite:///var/lib/realm.db?mode=rwc").to_str(), Some("/var/lib/realm.db"));
        assert_eq!(sqlite_file("sqlite://data/realm.db").to_str(), Some("data/realm.db"));
    }
}
