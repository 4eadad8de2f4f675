//! Why the store refused or failed.

use std::path::PathBuf;

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is neither `sqlite:` nor `postgres:`, or does not parse.
    #[error("database address {url:?} is not usable: {reason}")]
    InvalidAddress {
        /// The address, without its password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database cannot be opened.
    #[error("database {place} cannot be opened: {reason}")]
    CannotOpen {
        /// File or server.
        place: String,
        /// What the database said.
        reason: String,
    },
    /// The file is no SQLite database, or a damaged one. It was not touched.
    #[error("database file {} is damaged and was left as it is: {reason}", file.display())]
    Corrupt {
        /// The file.
        file: PathBuf,
        /// What SQLite found.
        reason: String,
    },
    /// The file or its folder cannot be written.
    #[error("database file {} cannot be written: {reason}", file.display())]
    ReadOnly {
        /// The file.
        file: PathBuf,
        /// What SQLite said.
        reason: String,
    },
    /// No room is left on the disk.
    #[error("the disk of the database is full")]
    DiskFull,
    /// A value that must be unique exists already.
    #[error("already exists: {0}")]
    Conflict(String),
    /// The database does not answer in time, or its connections are used up.
    #[error("the database does not answer: {0}")]
    Unreachable(String),
    /// A row holds a value that this program does not know.
    #[error("table {table} holds a value that is not understood: {reason}")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The value.
        reason: String,
    },
    /// Any other failure.
    #[error("the database failed: {0}")]
    Failed(DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Conflict(what);
        }
        match &error {
            DbErr::ConnectionAcquire(reason) => Self::Unreachable(reason.to_string()),
            DbErr::Conn(RuntimeErr::SqlxError(reason)) => Self::Unreachable(reason.to_string()),
            _ if is_full(&error.to_string()) => Self::DiskFull,
            _ if is_lost(&error.to_string()) => Self::Unreachable(error.to_string()),
            _ => Self::Failed(error),
        }
    }
}

/// SQLite's code 13, and what PostgreSQL says in the same case.
fn is_full(text: &str) -> bool {
    text.contains("database or disk is full") || text.contains("No space left on device")
}

/// A connection that broke in the middle of a statement, or a SQLite writer whose turn did not come in time.
fn is_lost(text: &str) -> bool {
    [
        "database is locked",
        "Connection refused",
        "Connection reset",
        "Broken pipe",
        "terminating connection",
        "unexpected end of file",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}
