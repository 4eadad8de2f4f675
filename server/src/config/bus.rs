//! The bus between gateways and regions.

use garde::Validate;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

/// Which bus carries commands, frames and replies.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BusSettings {
    /// `redis://…` or `rediss://…`. Empty: within this process.
    #[garde(custom(is_a_bus))]
    pub(crate) url: SecretString,
}

/// A bus that can be chosen.
#[derive(Debug)]
pub(crate) enum Bus {
    /// Within this process.
    InProcess,
    /// Redis, at this address.
    Redis(SecretString),
}

impl BusSettings {
    /// The bus that the settings name.
    pub(crate) fn choice(&self) -> Bus {
        if self.url.expose_secret().is_empty() { Bus::InProcess } else { Bus::Redis(self.url.clone()) }
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
