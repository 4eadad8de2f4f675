//! The server's settings, by topic: `config/server.toml`, then `REALMKEEP_*` variables.
//!
//! Every field is documented where it stands, has a default, and a range that is checked before anything starts. What
//! can't be read is told in one line with the file or the variable, the line and the key: see [`source::SettingsError`].
//!
//! The `config` crate is not used: it forgets in which line a value stood and which variable it came from.

mod auth;
mod bus;
mod database;
mod for_domain;
mod game;
mod http;
mod jobs;
mod log;
mod observe;
mod ops;
mod owner;
mod source;
mod world;

use std::path::PathBuf;

use garde::Validate;
use serde::Deserialize;

pub(crate) use self::{
    auth::AuthSettings,
    bus::{Bus, BusSettings},
    database::DatabaseSettings,
    game::GameSettings,
    http::HttpSettings,
    jobs::JobSettings,
    log::{LogFormat, LogSettings},
    observe::ObserveSettings,
    ops::OpsSettings,
    owner::OwnerSettings,
    world::WorldSettings,
};

/// Everything that can be set.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// What this process does.
    #[garde(skip)]
    pub(crate) role: Role,
    /// Folder of all embedded state: SQLite files, generated terrain, keys. Made if absent.
    #[garde(skip)]
    pub(crate) data: PathBuf,
    #[garde(dive)]
    pub(crate) http: HttpSettings,
    #[garde(dive)]
    pub(crate) ops: OpsSettings,
    #[garde(dive)]
    pub(crate) owner: OwnerSettings,
    #[garde(dive)]
    pub(crate) database: DatabaseSettings,
    #[garde(dive)]
    pub(crate) bus: BusSettings,
    #[garde(dive)]
    pub(crate) auth: AuthSettings,
    #[garde(dive)]
    pub(crate) jobs: JobSettings,
    #[garde(dive)]
    pub(crate) world: WorldSettings,
    #[garde(dive)]
    pub(crate) game: GameSettings,
    #[garde(dive)]
    pub(crate) observe: ObserveSettings,
    #[garde(dive)]
    pub(crate) log: LogSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            role: Role::default(),
            data: PathBuf::from("data"),
            http: HttpSettings::default(),
            ops: OpsSettings::default(),
            owner: OwnerSettings::default(),
            database: DatabaseSettings::default(),
            bus: BusSettings::default(),
            auth: AuthSettings::default(),
            jobs: JobSettings::default(),
            world: WorldSettings::default(),
            game: GameSettings::default(),
            observe: ObserveSettings::default(),
            log: LogSettings::default(),
        }
    }
}

/// What a process does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// Dashboard, REST, sockets, regions and jobs in one process.
    #[default]
    All,
}

#[cfg(test)]
mod tests;
