//! The first account.

use garde::Validate;
use secrecy::SecretString;
use serde::Deserialize;

/// The login that a new database gets. Once there is an account, both fields are ignored.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OwnerSettings {
    /// Address of the first owner. `REALMKEEP_OWNER_EMAIL` sets it too.
    #[garde(email)]
    pub(crate) email: String,
    /// Password of the first owner, 12 to 128 characters. `REALMKEEP_OWNER_PASSWORD` sets it too. Absent: a random one
    /// is made and printed once.
    #[garde(custom(is_long_enough))]
    pub(crate) password: Option<SecretString>,
}

impl Default for OwnerSettings {
    fn default() -> Self {
        Self { email: "owner@realmkeep.local".to_owned(), password: None }
    }
}

fn is_long_enough(password: &Option<SecretString>, (): &()) -> garde::Result {
    use secrecy::ExposeSecret as _;
    let length = password.as_ref().map_or(12, |password| password.expose_secret().chars().count());
    if (12..=128).contains(&length) {
        Ok(())
    } else {
        Err(garde::Error::new(format!("expected 12 to 128 characters, got {length}")))
    }
}
