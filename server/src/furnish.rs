//! The infrastructure nodes of this process: their files, and the settings that go before them.

use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use infra::{
    blobs::Blobs,
    node::Kind,
    nodes::{
        self, FixedNode, Household, Jobs, MetadataFile, Plan,
        table::{self, PostgresConfig, SqliteConfig},
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use store::{DatabaseSessions, Store};

use crate::config::Settings;

/// What the nodes' files and the settings say about the records, which are chosen at the start.
pub(crate) struct Choices {
    files: Vec<MetadataFile>,
    /// Where records are kept.
    pub(crate) records: SecretString,
    records_config: Value,
}

impl Choices {
    /// Reads the files.
    ///
    /// # Errors
    /// One can't be used: the error names file, line and key.
    pub(crate) fn read(settings: &Settings, data: &Path) -> anyhow::Result<Self> {
        let files = MetadataFile::read_folder(&settings.infrastructure.folder)?;
        let (records, records_config) = records(settings, &files, data)?;
        Ok(Self { files, records, records_config })
    }

    /// Puts a driver into each seat.
    pub(crate) async fn furnish(
        self,
        settings: &Settings,
        data: &Path,
        store: &Store,
    ) -> anyhow::Result<Household> {
        let is_in_postgres = !self.records.expose_secret().starts_with("sqlite:");
        let plan = Plan {
            files: self.files,
            folder: settings.infrastructure.folder.clone(),
            data: data.to_owned(),
            sessions: DatabaseSessions::choices(store),
            jobs: Jobs {
                beside: is_in_postgres.then(|| self.records.clone()),
                open: Arc::new(store.clone()),
            },
            event_bus: settings.bus.choice()?,
            fixed: vec![FixedNode {
                kind: Kind::DatabaseShard,
                node: Arc::new(store.clone()),
                config: self.records_config,
                menu: table::database_shard(),
            }],
        };
        Ok(Household::furnish(plan).await?)
    }
}

/// The blobs, for commands that start no server.
///
/// # Errors
/// Their file can't be used.
pub(crate) async fn open_blobs(settings: &Settings, data: &Path) -> anyhow::Result<Blobs> {
    let folder = &settings.infrastructure.folder;
    Ok(nodes::open_blobs(&MetadataFile::read_folder(folder)?, folder, data).await?)
}

fn records(
    settings: &Settings,
    files: &[MetadataFile],
    data: &Path,
) -> anyhow::Result<(SecretString, Value)> {
    let file = files.iter().find(|file| file.metadata.kind == Kind::DatabaseShard);
    if let Some(file) = file {
        let menu = table::database_shard();
        menu.check(&file.metadata.driver, file.config_text()).map_err(|misfit| file.misfit(misfit))?;
    }
    let is_set = !settings.database.url.expose_secret().is_empty();
    match file.filter(|_| !is_set) {
        Some(file) => Ok((address(file, data)?, file.metadata.config.clone())),
        None if is_set => Ok((settings.database.url_in(data), json!({"setting": "database.url"}))),
        None => Ok((settings.database.url_in(data), json!({}))),
    }
}

fn address(file: &MetadataFile, data: &Path) -> anyhow::Result<SecretString> {
    let place = || file.file.display().to_string();
    if file.metadata.driver == "postgres" {
        let config: PostgresConfig = serde_json::from_str(file.config_text())?;
        return config.url().with_context(place);
    }
    let config: SqliteConfig = serde_json::from_str(file.config_text())?;
    let file = data.join(config.file.unwrap_or_else(|| "realmkeep.db".into()));
    Ok(format!("sqlite://{}?mode=rwc", file.display()).into())
}
