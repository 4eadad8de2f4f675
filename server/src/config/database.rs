//! The database of records.

use std::path::Path;

use garde::Validate;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

/// Where records are kept.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DatabaseSettings {
    /// `postgres://…` or `sqlite://…`. Empty: SQLite in the data folder.
    #[garde(custom(is_a_database))]
    pub(crate) url: SecretString,
    /// Most connections held at once.
    #[garde(range(min = 1, max = 1_000))]
    pub(crate) connections_max: u32,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self { url: SecretString::default(), connections_max: 8 }
    }
}

impl DatabaseSettings {
    /// The address to connect to, given the data folder.
    pub(crate) fn url_in(&self, data: &Path) -> SecretString {
        let url = self.url.expose_secret();
        if url.is_empty() {
            format!("sqlite://{}?mode=rwc", data.join("realmkeep.db").display()).into()
        } else {
            url.to_owned().into()
        }
    }
}

fn is_a_database(url: &SecretString, (): &()) -> garde::Result {
    let url = url.expose_secret();
    if url.is_empty()
        || ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme))
    {
        Ok(())
    } else {
        Err(garde::Error::new("expected an address that begins with `postgres://` or `sqlite://`"))
    }
}
