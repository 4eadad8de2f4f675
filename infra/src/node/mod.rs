//! What every piece of infrastructure has, written once: a driver's name, a place, a probe, figures, an end.
//!
//! The interfaces (bus, streams, cache, …) build on [`Node`], so health, metrics and hot swap treat all of them
//! alike. What a node is *for* does not stand here.

use std::fmt;

use async_trait::async_trait;

mod error;
mod kind;
pub(crate) mod limits;
pub mod redis;
pub mod seat;
pub mod secret;

pub use self::{error::NodeError, kind::Kind, redis::RedisAddress, secret::SecretRef};

/// A driver at work.
#[async_trait]
pub trait Node: fmt::Debug + Send + Sync {
    /// The driver's name, for logs, health and metrics.
    fn driver(&self) -> &'static str;

    /// Where it keeps what it keeps, for messages to people: a folder, a server without its password, or this
    /// process.
    fn place(&self) -> String;

    /// Finds out whether it would work now, by a little of its real work.
    ///
    /// # Errors
    /// It would not, and why.
    async fn probe(&self) -> Result<(), NodeError>;

    /// What can be counted about it cheaply, by name: topics, entries, hits.
    fn figures(&self) -> Vec<(&'static str, u64)> {
        Vec::new()
    }

    /// Lets go of connections and files. Called once, when nobody uses it any more.
    async fn close(&self) {}
}
