//! Copies of the whole database, as files of one moment, and a database made of such files.
//!
//! SQLite copies itself: one file, ready to be opened. PostgreSQL's tables become files of JSON lines, written and read
//! by the server itself, so that no type is lost on the way; they go back into an empty database of the same
//! migrations. Nothing here knows where the files are kept: that is the caller's, see `domain::backups`.

mod etl_tables;
mod postgres;
mod sqlite;

use std::{
    io,
    path::{Path, PathBuf},
};

use sea_orm::DbBackend;

use crate::{Store, StoreError};

/// Why a copy could not be made or brought back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of the copy can't be read or written.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The database that the copy would go to holds something already.
    #[error("{place} is not empty: it has {rows} accounts, and nothing was overwritten")]
    NotEmpty {
        /// File or server.
        place: String,
        /// Accounts in it.
        rows: i64,
    },
    /// The copy was made with other migrations.
    #[error(
        "the copy was made by another version (its newest migration is {theirs}, ours is {ours}); restore it with that one, then upgrade"
    )]
    OtherVersion {
        /// The copy's newest migration.
        theirs: String,
        /// This program's.
        ours: String,
    },
    /// A file of the copy is not what it should be.
    #[error("{}: {reason}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for BackupError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// The kinds of copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyKind {
    /// A SQLite file.
    Sqlite,
    /// PostgreSQL's tables as JSON lines.
    Postgres,
}

impl CopyKind {
    /// Its name in manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Which kind of copy a database makes.
#[must_use]
pub fn kind_of(store: &Store) -> CopyKind {
    match store.database().get_database_backend() {
        DbBackend::Sqlite => CopyKind::Sqlite,
        _ => CopyKind::Postgres,
    }
}

/// Copies the whole database, as it is at one moment, into files of `folder`, which must be empty. Play goes on
/// meanwhile.
///
/// # Errors
/// The database or a file failed; what was written by then is of no use.
pub async fn copy(store: &Store, folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    match kind_of(store) {
        CopyKind::Sqlite => Ok(vec![sqlite::copy(store, folder).await?]),
        CopyKind::Postgres => postgres::copy(store, folder).await,
    }
}

/// Puts the copy of a SQLite database in the place of `database`, which must not exist.
///
/// # Errors
/// There is a database already, or the copy is damaged. Then nothing was changed.
pub async fn restore_sqlite(folder: &Path, database: &Path) -> Result<(), BackupError> {
    sqlite::restore(folder, database).await
}

/// Fills a PostgreSQL database that has been migrated and holds no accounts.
///
/// # Errors
/// It holds accounts, or the copy is of another version or damaged. Then nothing was changed.
pub async fn restore_postgres(store: &Store, folder: &Path) -> Result<(), BackupError> {
    postgres::restore(store, folder).await
}

fn failed(file: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let file = file.to_owned();
    move |source| BackupError::File { file, source }
}
