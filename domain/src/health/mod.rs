//! Which part of the server is well, and since when.
//!
//! Every couple of seconds each part is asked to do a little of its real work: the database answers a query and takes a
//! write, the bus a ping, the blobs a write and a read. A part that does not answer in time is ill; so a stopped database
//! is known within seconds, and nobody has to fail at it first.

mod monitor;
mod probes;
mod read;

pub use monitor::HealthMonitor;
pub(crate) use monitor::describe_metrics;
pub use probes::watch;
pub use read::read;
