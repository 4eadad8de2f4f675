//! The server's settings, by topic: `config/server.toml`, then `REALMKEEP_*` variables.
//!
//! Every field is documented where it stands, has a default, and a range that is checked before anything starts. What
//! can't be read is told in one line with the file or the variable, the line and the key: see [`source::SettingsError`].
//!
//! The `config` crate is not used: it forgets in which line a value stood and which variable it came from.

mod audit;
mod auth;
mod bus;
mod database;
mod for_domain;
mod game;
mod http;
mod infrastructure;
mod jobs;
mod limits;
mod log;
mod mail;
mod observe;
mod ops;
mod owner;
mod pipelines;
mod source;
mod world;

use std::path::PathBuf;

use garde::Validate;
use serde::Deserialize;

pub(crate) use self::{
    audit::AuditSettings,
    auth::AuthSettings,
    bus::BusSettings,
    database::DatabaseSettings,
    game::GameSettings,
    http::HttpSettings,
    infrastructure::InfrastructureSettings,
    jobs::JobSettings,
    limits::LimitSettings,
    log::{LogFormat, LogSettings},
    mail::{MailDriver, MailSettings},
    observe::ObserveSettings,
    ops::OpsSettings,
    owner::OwnerSettings,
    pipelines::PipelineSettings,
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
    pub(crate) infrastructure: InfrastructureSettings,
    #[garde(dive)]
    pub(crate) auth: AuthSettings,
    #[garde(dive)]
    pub(crate) audit: AuditSettings,
    #[garde(dive)]
    pub(crate) limits: LimitSettings,
    #[garde(dive)]
    pub(crate) jobs: JobSettings,
    #[garde(dive)]
    pub(crate) mail: MailSettings,
    #[garde(dive)]
    pub(crate) pipelines: PipelineSettings,
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
            infrastructure: InfrastructureSettings::default(),
            auth: AuthSettings::default(),
            audit: AuditSettings::default(),
            limits: LimitSettings::default(),
            jobs: JobSettings::default(),
            mail: MailSettings::default(),
            pipelines: PipelineSettings::default(),
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
