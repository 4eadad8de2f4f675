//! The bus between gateways and regions.

use garde::Validate;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::json;

/// Which bus carries commands, frames and replies.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BusSettings {
    /// `redis://…`. It goes before the event bus's file; empty: the file decides.
    #[garde(custom(is_a_bus))]
    pub(crate) url: SecretString,
}

/// The variable that the address may stand in.
const VARIABLE: &str = "REALMKEEP_BUS__URL";

impl BusSettings {
    /// The event bus that the settings name: a driver and its settings, in the form of a node's file.
    ///
    /// # Errors
    /// The address holds a login and stands in a file: metadata names secrets and never holds them.
    pub(crate) fn choice(&self) -> anyhow::Result<Option<(String, serde_json::Value)>> {
        let url = self.url.expose_secret();
        let servers = if url.is_empty() {
            return Ok(None);
        } else if std::env::var(VARIABLE).is_ok_and(|variable| variable == url) {
            json!([{"env": VARIABLE}])
        } else {
            anyhow::ensure!(
                !url.contains('@'),
                "bus.url holds a login: set it as {VARIABLE}, or describe the bus in event-bus.json"
            );
            json!([url])
        };
        Ok(Some(("redis".to_owned(), json!({"servers": servers}))))
    }
}

fn is_a_bus(url: &SecretString, (): &()) -> garde::Result {
    let url = url.expose_secret();
    if url.is_empty() || url.starts_with("redis://") || url.starts_with("rediss://") {
        Ok(())
    } else {
        Err(garde::Error::new("expected an address that begins with `redis://` or `rediss://`"))
    }
}
