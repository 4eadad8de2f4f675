//! The embedded driver: topics are channels of this process.

use async_trait::async_trait;
use bytes::Bytes;

use super::{BusError, EventBus, Subscription, check_payload, check_topic, topics::Topics};

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

    /// How many topics have a listener.
    #[must_use]
    pub fn topic_count(&self) -> usize {
        self.topics.names().len()
    }
}

#[async_trait]
impl EventBus for InProcessBus {
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), BusError> {
        check_topic(topic)?;
        check_payload(topic, &payload)?;
        self.topics.deliver(topic, payload);
        metrics::counter!("realmkeep_bus_published_total", "driver" => "in_process").increment(1);
        Ok(())
    }

    async fn subscribe(&self, topic: &str) -> Result<Subscription, BusError> {
        check_topic(topic)?;
        Ok(self.topics.join(topic))
    }

    async fn probe(&self) -> Result<(), BusError> {
        Ok(())
    }

    fn driver(&self) -> &'static str {
        "in_process"
    }
}
