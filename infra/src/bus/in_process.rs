//! The embedded driver: topics are channels of this process.

use async_trait::async_trait;
use bytes::Bytes;

use super::{EventBus, Subscription, Topics, check_payload, check_topic};
use crate::node::{Node, NodeError};

/// The bus of a single process. Clones share their topics.
#[derive(Clone, Debug, Default)]
pub struct InProcessBus {
    topics: Topics,
}

impl InProcessBus {
    /// A bus without any topic yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A bus that delivers to listeners who are there already.
    #[must_use]
    pub const fn on(topics: Topics) -> Self {
        Self { topics }
    }

    /// How many topics have a listener.
    #[must_use]
    pub fn topic_count(&self) -> usize {
        self.topics.names().len()
    }
}

#[async_trait]
impl Node for InProcessBus {
    fn driver(&self) -> &'static str {
        "in_process"
    }

    fn place(&self) -> String {
        "this process".to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        Ok(())
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        vec![("topics", u64::try_from(self.topic_count()).unwrap_or(u64::MAX))]
    }
}

#[async_trait]
impl EventBus for InProcessBus {
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), NodeError> {
        check_topic(topic)?;
        check_payload(topic, &payload)?;
        self.topics.deliver(topic, payload);
        metrics::counter!("realmkeep_bus_published_total", "driver" => "in_process").increment(1);
        Ok(())
    }

    async fn subscribe(&self, topic: &str) -> Result<Subscription, NodeError> {
        check_topic(topic)?;
        Ok(self.topics.join(topic))
    }
}
