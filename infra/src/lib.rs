//! What runs under the game and knows nothing of it: bus, streams, cache, sessions, limits, blobs, jobs.
//!
//! Every interface here has an embedded driver, so that one process on a laptop needs nothing installed, and a
//! networked one. No table of ours is named here (that is `store`), and nothing here knows what a region is:
//! topics, keys and payloads come from the callers.
//!
//! Whatever leaves the process has a time limit. A caller gets an error that names the place, never a hang.

pub mod blobs;
pub mod bus;
pub mod cache;
pub mod events;
pub mod https;
pub mod jobs;
pub mod limits;
pub mod mail;
pub mod node;
pub mod nodes;
pub mod pipelines;
pub mod sessions;
pub mod sqlite;
pub mod streams;
pub mod swap;

pub use node::{Node, NodeError, RedisAddress};

/// Gives every metric of this crate its help text. Call once, after the recorder is installed.
pub fn describe_metrics() {
    bus::describe_metrics();
    jobs::describe_metrics();
    nodes::describe_metrics();
}
