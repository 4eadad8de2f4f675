//! Our records: accounts, sessions, characters, worlds, tickets, jobs, events and the audit, in SQLite or PostgreSQL.
//!
//! One module a noun; its functions are verbs that take [`Records`]: the [`Store`] itself, or a [`Transaction`] when
//! several steps must hold together. What happens once and only once (a ticket is consumed, a token is rotated) is one
//! conditional statement, so that two processes cannot both win.
//!
//! Nothing here decides who may do what, and nothing here asks for the time: moments come in as arguments.

pub mod accounts;
pub mod api_keys;
pub mod audit;
pub mod backup;
pub mod character_builds;
pub mod characters;
pub mod dead_letters;
pub mod events;
pub mod game_sessions;
pub mod grants;
pub mod heaps;
pub mod job_queues;
pub mod job_schedules;
pub mod jobs;
pub mod leases;
pub mod mailed_tokens;
pub mod node_swaps;
pub mod pipelines;
pub mod recipes;
pub mod roles;
pub mod sanctions;
pub mod score_rolls;
pub mod second_factors;
pub mod sessions;
pub mod tickets;
pub mod worlds;

mod connect;
mod entity;
mod error;
mod job_node;
mod records;
mod session_node;
mod shard_node;
mod write_trial;

pub use connect::{DatabaseSettings, Store};
pub use error::StoreError;
pub use records::{Records, Transaction};
pub use session_node::DatabaseSessions;

/// The present moment, as exact as both databases can keep it: to the microsecond.
#[must_use]
pub fn now() -> chrono::DateTime<chrono::Utc> {
    use chrono::SubsecRound as _;
    chrono::Utc::now().trunc_subsecs(6)
}
