//! A SQLite database copies itself.

use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tokio::fs;

use super::{BackupError, failed};
use crate::{DatabaseSettings, Store};

/// The copy's file.
const FILE: &str = "realmkeep.db";

pub(super) async fn copy(store: &Store, folder: &Path) -> Result<PathBuf, BackupError> {
    let file = folder.join(FILE);
    // One statement, one moment, and readers and writers go on.
    let target = file.to_string_lossy().into_owned();
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [target.into()]);
    store.database().execute_raw(statement).await?;
    Ok(file)
}

pub(super) async fn restore(folder: &Path, database: &Path) -> Result<(), BackupError> {
    let file = folder.join(FILE);
    if fs::try_exists(database).await.map_err(failed(database))? {
        let source = std::io::Error::new(
            std::io::ErrorKind::AlreadyExists,
            "there is a database already, and nothing was overwritten",
        );
        return Err(BackupError::File { file: database.to_owned(), source });
    }
    // Opening it checks it. It may be of an older schema, and stays as it is.
    let url = format!("sqlite://{}?mode=rw", file.display());
    let copy = Store::connect(&DatabaseSettings { url, max_connections: 1 }).await?;
    copy.probe_reading().await?;
    copy.close().await?;
    fs::rename(&file, database).await.map_err(failed(database))
}
