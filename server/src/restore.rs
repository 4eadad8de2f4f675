//! Bringing a copy of the database back: `server restore`.
//!
//! It never overwrites: the database that it goes to must not be there (SQLite) or be empty (PostgreSQL). The data
//! folder is taken first, so that no server of it runs meanwhile.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::backups::{self, Manifest};
use secrecy::ExposeSecret as _;
use store::{Store, backup};
use uuid::Uuid;

use crate::{
    config::Settings,
    data_folder::DataFolder,
    furnish::{Choices, open_blobs},
};

/// The copies that there are, for people.
///
/// # Errors
///
/// If the blobs can't be read.
pub(crate) async fn list(settings: &Settings, folder: &DataFolder) -> anyhow::Result<String> {
    let all = backups::index(&open_blobs(settings, folder.path()).await?).await?;
    let line = |manifest: &Manifest| {
        format!("{}  {}  {}  {} bytes", manifest.id, manifest.made_at, manifest.database, manifest.bytes())
    };
    let lines: Vec<_> = all.iter().map(line).collect();
    Ok(if lines.is_empty() { "There is no back-up yet.".to_owned() } else { lines.join("\n") })
}

/// Brings a copy back, or the newest.
///
/// # Errors
///
/// If there is none, it is damaged or of another kind of database, or there is something where it would go.
pub(crate) async fn restore(
    settings: &Settings,
    folder: &DataFolder,
    id: Option<Uuid>,
) -> anyhow::Result<Manifest> {
    let blobs = open_blobs(settings, folder.path()).await?;
    let manifest = backups::choose(&blobs, id).await?;
    let scratch = Scratch::new(&folder.path().join("scratch").join(format!("restore-{}", manifest.id)))?;
    backups::fetch(&blobs, &manifest, &scratch.0).await?;
    // Where the server itself would look for its records.
    let records = Choices::read(settings, folder.path())?.records;
    let url = records.expose_secret();
    let connections = store::DatabaseSettings { url: url.to_owned(), max_connections: 1 };
    match (manifest.database.as_str(), url.strip_prefix("sqlite:")) {
        ("sqlite", Some(place)) => {
            let file = place.trim_start_matches("//").split('?').next().unwrap_or_default();
            backup::restore_sqlite(&scratch.0, Path::new(file)).await?;
        }
        ("postgres", None) => {
            let store = Store::connect(&connections).await?;
            migration::up(store.database()).await.with_context(|| store.place().to_owned())?;
            backup::restore_postgres(&store, &scratch.0).await?;
            store.close().await?;
        }
        (theirs, _) => {
            anyhow::bail!("the back-up is of {theirs}, and the database of these settings is of another kind")
        }
    }
    let store = Store::connect(&connections).await?;
    domain::events::reopen_restored(&store, manifest.made_at).await?;
    store.close().await?;
    Ok(manifest)
}

/// A folder that is made empty, and goes when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(folder: &Path) -> anyhow::Result<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        Ok(Self(folder.to_owned()))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "a folder could not be removed");
        }
    }
}
