//! Our records: accounts, sessions, characters, worlds, tickets, jobs and the audit, in SQLite or PostgreSQL.
//!
//! One module a noun; its functions are verbs that take [`Records`]: the [`Store`] itself, or a [`Transaction`] when
//! several steps must hold together. What happens once and only once (a ticket is consumed, a token is rotated) is one
//! conditional statement, so that two processes cannot both win.
//!
//! Nothing here decides who may do what, and nothing here asks for the time: moments come in as arguments.

pub mod accounts;
pub mod audit;
pub mod characters;
pub mod game_sessions;
pub mod jobs;
pub mod sessions;
pub mod tickets;
pub mod worlds;

mod connect;
mod entity;
mod error;
mod records;

pub use connect::{DatabaseSettings, Store};
pub use error::StoreError;
pub use records::{Records, Transaction};

/// The present moment, as exact as both databases can keep it: to the microsecond.
#[must_use]
pub fn now() -> chrono::DateTime<chrono::Utc> {
    use chrono::SubsecRound as _;
    chrono::Utc::now().trunc_subsecs(6)
}
