//! The event bus: named topics, bytes in, the same bytes out to everyone who listens just now.
//!
//! The bus keeps nothing. Who does not listen misses the message, and who reads too slowly loses the oldest ones
//! and is told so by [`Delivery::Lagged`]. Whatever carries value therefore goes to the database first; the bus
//! carries commands that a client repeats and frames that the next keyframe heals.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::broadcast;

pub mod in_process;
pub mod redis;
pub mod redis_cluster;
pub mod seated;
mod topics;

pub use self::topics::Topics;
use self::topics::{Membership, Signal};
use crate::node::{
    Node, NodeError,
    limits::{NAME_BYTES_MAX, check_name, check_size},
};

/// Messages that a slow subscriber may be behind before the oldest are dropped for it.
pub const BACKLOG_MESSAGES_MAX: usize = 1_024;
/// The largest payload that a topic carries, in bytes.
pub const PAYLOAD_BYTES_MAX: usize = 1024 * 1024;
/// The longest topic name, in bytes.
pub const TOPIC_BYTES_MAX: usize = NAME_BYTES_MAX;

/// A shared handle on whichever driver the configuration chose.
pub type SharedBus = Arc<dyn EventBus>;

/// Publish and subscribe by topic, within one process or between many.
#[async_trait]
pub trait EventBus: Node {
    /// Sends `payload` to everyone who listens to `topic` now. Nobody listening is no error.
    ///
    /// # Errors
    /// The name or payload breaks a limit, or the driver could not hand the message over in time.
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), NodeError>;

    /// Listens to `topic`. Messages published after this returns are delivered, in order for each publisher.
    ///
    /// # Errors
    /// The name breaks a limit, or the driver could not register the interest in time.
    async fn subscribe(&self, topic: &str) -> Result<Subscription, NodeError>;
}

/// What a subscriber gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// One published payload.
    Message(Bytes),
    /// Messages were lost since the last delivery: so many, or 0 when the connection broke and nobody can count.
    Lagged(u64),
}

/// One listener's bounded backlog of a topic. Dropping it ends the interest.
#[derive(Debug)]
pub struct Subscription {
    // Declared before the membership: the receiver must be gone when the membership counts who is left.
    receiver: broadcast::Receiver<Signal>,
    _membership: Membership,
}

impl Subscription {
    /// Waits for the next delivery; `None` once the bus is gone. Cancel-safe.
    pub async fn next(&mut self) -> Option<Delivery> {
        match self.receiver.recv().await {
            Ok(signal) => Some(signal.into()),
            Err(broadcast::error::RecvError::Lagged(count)) => Some(Delivery::Lagged(count)),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }

    /// The next delivery if one is waiting already.
    pub fn try_next(&mut self) -> Option<Delivery> {
        match self.receiver.try_recv() {
            Ok(signal) => Some(signal.into()),
            Err(broadcast::error::TryRecvError::Lagged(count)) => Some(Delivery::Lagged(count)),
            Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed) => None,
        }
    }
}

impl From<Signal> for Delivery {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::Message(payload) => Self::Message(payload),
            Signal::Gap => Self::Lagged(0),
        }
    }
}

fn check_topic(topic: &str) -> Result<(), NodeError> {
    check_name("topic", topic)
}

fn check_payload(topic: &str, payload: &Bytes) -> Result<(), NodeError> {
    check_size(topic, payload.len(), PAYLOAD_BYTES_MAX)
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!("realmkeep_bus_published_total", "Messages that were handed to the event bus");
    metrics::describe_counter!(
        "realmkeep_bus_failures_total",
        "Messages that the event bus could not hand over to its server"
    );
    metrics::describe_counter!(
        "realmkeep_bus_reconnects_total",
        "Times that the subscribing connection of the event bus was made anew"
    );
}
