//! Use cases: everything that someone can ask of Realmkeep, each one decided once.
//!
//! A use case is a function `noun::verb(&Domain, &Actor, request) -> Result<reply, Error>`. It checks that the actor
//! may do it, that the request is valid, does it, and notes in the audit what staff would ask about later. REST, the
//! dashboard's server functions and jobs call the same function, so they cannot disagree.
//!
//! What is deliberately absent: HTTP, cookies and status codes (the server's), bytes of the game's protocol (the
//! gateway's), and what an entity may do (the simulation's).

pub mod accounts;
pub mod characters;
pub mod chunks;
pub mod entities;
pub mod figures;
pub mod health;
pub mod jobs;
pub mod sessions;
pub mod terrain;
pub mod tickets;
pub mod tokens;
pub mod worlds;

mod actor;
mod audit;
mod error;
mod house;
mod live;
mod secret;
mod settings;

pub use actor::{Actor, Arrival};
pub use error::Error;
pub use house::{Domain, Parts};
pub use live::LiveRegion;
pub use settings::{AuthSettings, DomainSettings, HealthSettings, TerrainSettings};

/// Gives every metric of this crate its help text. Call once, after the recorder is installed.
pub fn describe_metrics() {
    accounts::describe_metrics();
    terrain::describe_metrics();
    health::describe_metrics();
}
