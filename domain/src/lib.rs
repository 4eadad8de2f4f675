//! Use cases: everything that someone can ask of Realmkeep, each one decided once.
//!
//! A use case is a function `noun::verb(&Domain, &Allowed<right::…>, request) -> Result<reply, Error>`. Its signature
//! names the permission, so nobody can call it without having looked; it checks that the request is valid, does it, and
//! notes in the audit what staff would ask about later. REST, the dashboard's server functions and jobs call the same
//! function, so they cannot disagree. What is open to visitors takes an `&Actor`.
//!
//! What is deliberately absent: HTTP, cookies and status codes (the server's), bytes of the game's protocol (the
//! gateway's), and what an entity may do (the simulation's).

pub mod accounts;
pub mod api_keys;
pub mod audit;
pub mod authority;
pub mod backups;
pub mod characters;
pub mod chunks;
pub mod entities;
pub mod events;
pub mod figures;
pub mod grants;
pub mod health;
pub mod impersonation;
pub mod infrastructure;
pub mod jobs;
pub mod moderation;
pub mod pipelines;
pub mod recipes;
pub mod roles;
pub mod rules;
pub mod second_factor;
pub mod sessions;
pub mod terrain;
pub mod tickets;
pub mod tokens;
pub mod users;
pub mod worlds;

mod actor;
mod allowed;
mod error;
mod house;
mod letters;
mod live;
mod secret;
mod settings;

pub use actor::{Actor, Arrival, Local};
pub use allowed::{Allowed, AllowedAt, AllowedSomewhere};
pub use error::Error;
pub use house::{Domain, Parts};
pub use live::LiveRegion;
pub use settings::{
    AuthSettings, DomainSettings, HealthSettings, PipelineSettings, RestSettings, TerrainSettings,
};
pub use terrain::GrownWorld;

/// Gives every metric of this crate its help text. Call once, after the recorder is installed.
pub fn describe_metrics() {
    accounts::describe_metrics();
    terrain::describe_metrics();
    health::describe_metrics();
    events::describe_metrics();
    pipelines::describe_metrics();
    letters::describe_metrics();
}
