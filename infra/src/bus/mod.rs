//! The event bus: named topics, bytes in, the same bytes out to everyone who listens just now.
//!
//! The bus keeps nothing. Who does not listen misses the message, and who reads too slowly loses the oldest ones
//! and is told so by [`Delivery::Lagged`]. Whatever carries value therefore goes to the database first; the bus
//! carries commands that a client repeats and frames that the next keyframe heals.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::broadcast;

pub mod in_process;
pub mod redis;
mod topics;

use self::topics::{Membership, Signal};

/// Messages that a slow subscriber may be behind before the oldest are dropped for it.
pub const BACKLOG_MESSAGES_MAX: usize = 1_024;
/// The largest payload that a topic carries, in bytes.
pub const PAYLOAD_BYTES_MAX: usize = 1024 * 1024;
/// The longest topic name, in bytes.
pub const TOPIC_BYTES_MAX: usize = 200;

/// A shared handle on whichever driver the configuration chose.
pub type SharedBus = Arc<dyn EventBus>;

/// Publish and subscribe by topic, within one process or between many.
#[async_trait]
pub trait EventBus: fmt::Debug + Send + Sync {
    /// Sends `payload` to everyone who listens to `topic` now. Nobody listening is no error.
    ///
    /// # Errors
    /// The name or payload breaks a limit, or the driver could not hand the message over in time.
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), BusError>;

    /// Listens to `topic`. Messages published after this returns are delivered, in order for each publisher.
    ///
    /// # Errors
    /// The name breaks a limit, or the driver could not register the interest in time.
    async fn subscribe(&self, topic: &str) -> Result<Subscription, BusError>;

    /// Finds out whether the bus would carry a message now.
    ///
    /// # Errors
    /// It would not, and why.
    async fn probe(&self) -> Result<(), BusError>;

    /// The driver's name, for logs, health and metrics.
    fn driver(&self) -> &'static str;
}

/// Why the bus refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum BusError {
    /// A topic name is empty, too long, or has characters other than visible ASCII.
    #[error("topic {0:?} is not a name of 1 to {TOPIC_BYTES_MAX} visible ASCII characters")]
    InvalidTopic(String),
    /// The payload is larger than [`PAYLOAD_BYTES_MAX`].
    #[error("payload of {bytes} bytes for topic {topic} exceeds {PAYLOAD_BYTES_MAX}")]
    PayloadTooLarge {
        /// Where it was meant to go.
        topic: String,
        /// Its size.
        bytes: usize,
    },
    /// The address does not parse.
    #[error("Redis address {url:?} is not usable: {reason}")]
    InvalidAddress {
        /// The address, without its password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The server did not answer, or the connection broke.
    #[error("Redis at {address} is not reachable: {reason}")]
    Unreachable {
        /// Host and port.
        address: String,
        /// What the last attempt said.
        reason: String,
    },
    /// The server did not answer within the time limit.
    #[error("Redis at {address} did not answer within {limit_ms} ms")]
    TimedOut {
        /// Host and port.
        address: String,
        /// The limit that passed, in milliseconds.
        limit_ms: u64,
    },
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

fn check_topic(topic: &str) -> Result<(), BusError> {
    let visible = topic.bytes().all(|byte| byte.is_ascii_graphic());
    if topic.is_empty() || topic.len() > TOPIC_BYTES_MAX || !visible {
        return Err(BusError::InvalidTopic(topic.chars().take(TOPIC_BYTES_MAX).collect()));
    }
    Ok(())
}

fn check_payload(topic: &str, payload: &Bytes) -> Result<(), BusError> {
    if payload.len() > PAYLOAD_BYTES_MAX {
        return Err(BusError::PayloadTooLarge { topic: topic.to_owned(), bytes: payload.len() });
    }
    Ok(())
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
