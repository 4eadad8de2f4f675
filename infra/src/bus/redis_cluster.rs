//! The networked driver for a cluster: sharded pub/sub, so that a message crosses only the node that owns its topic.
//!
//! The connection makes itself anew and subscribes again. Everyone is told of a possible gap when it breaks, and again
//! once the topic is subscribed, since what was published in between is gone.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use bytes::Bytes;
use redis::{
    ProtocolVersion, PushInfo, PushKind, Value, cluster::ClusterClient, cluster_async::ClusterConnection, cmd,
};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use super::{EventBus, Subscription, Topics, check_payload, check_topic};
use crate::node::{
    Node, NodeError,
    redis::{ANSWER_LIMIT, PREFIX, RedisAddress, RedisLink, within},
};

/// A bus over a Redis Cluster.
pub struct RedisClusterBus {
    publisher: RedisLink,
    listener: ClusterConnection,
    topics: Topics,
    asked: Asked,
    _deliveries: AbortOnDropHandle<()>,
    _departures: AbortOnDropHandle<()>,
}

/// How many subscriptions of each topic wait for their confirmation. One more says that the connection was made anew.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<HashMap<String, usize>>>);

impl Asked {
    fn add(&self, topic: &str) {
        *self.lock().entry(topic.to_owned()).or_default() += 1;
    }

    /// Takes one off, if one is there.
    fn take(&self, topic: &str) -> bool {
        let mut asked = self.lock();
        let Some(count) = asked.get_mut(topic) else { return false };
        *count -= 1;
        if *count == 0 {
            asked.remove(topic);
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RedisClusterBus {
    /// Connects, and subscribes the topics that have listeners already.
    ///
    /// # Errors
    /// An address does not parse, or the cluster does not answer.
    pub async fn connect_on(address: &RedisAddress, topics: Topics) -> Result<Self, NodeError> {
        let publisher = RedisLink::connect(address).await?;
        let (pushes, pushed) = mpsc::unbounded_channel();
        let client = ClusterClient::builder(address.urls())
            .connection_timeout(ANSWER_LIMIT)
            .response_timeout(ANSWER_LIMIT)
            .use_protocol(ProtocolVersion::RESP3)
            .push_sender(pushes)
            .build()
            .map_err(|error| address.invalid(&error))?;
        let listener = within(publisher.place(), ANSWER_LIMIT * 2, client.get_async_connection()).await?;
        let asked = Asked::default();
        let deliveries = tokio::spawn(deliver(topics.clone(), pushed, asked.clone()));
        let left = topics.report_abandoned();
        let departures =
            tokio::spawn(unsubscribe(listener.clone(), topics.clone(), left, publisher.place().to_owned()));
        let bus = Self {
            publisher,
            listener,
            topics,
            asked,
            _deliveries: AbortOnDropHandle::new(deliveries),
            _departures: AbortOnDropHandle::new(departures),
        };
        for topic in bus.topics.names() {
            bus.listen(&topic).await?;
        }
        Ok(bus)
    }

    async fn listen(&self, topic: &str) -> Result<(), NodeError> {
        let mut listener = self.listener.clone();
        self.asked.add(topic);
        let subscribed =
            within(self.publisher.place(), ANSWER_LIMIT, listener.ssubscribe(channel(topic))).await;
        if subscribed.is_err() {
            self.asked.take(topic);
        }
        subscribed
    }
}

fn channel(topic: &str) -> String {
    format!("{PREFIX}{topic}")
}

/// Hands what the cluster pushes to the listeners of this process.
async fn deliver(topics: Topics, mut pushed: mpsc::UnboundedReceiver<PushInfo>, asked: Asked) {
    while let Some(push) = pushed.recv().await {
        match (push.kind, push.data.as_slice()) {
            (PushKind::SMessage, [Value::BulkString(channel), Value::BulkString(payload)]) => {
                if let Some(topic) = topic_of(channel) {
                    topics.deliver(topic, Bytes::copy_from_slice(payload));
                }
            }
            (PushKind::Disconnection, _) => {
                tracing::warn!("the bus lost a node of Redis Cluster and connects again");
                topics.announce_gap();
            }
            (PushKind::SSubscribe, [Value::BulkString(channel), ..]) => {
                if let Some(topic) = topic_of(channel)
                    && !asked.take(topic)
                {
                    metrics::counter!("realmkeep_bus_reconnects_total").increment(1);
                    topics.announce_gap_of(topic);
                }
            }
            _ => {}
        }
    }
}

async fn unsubscribe(
    mut listener: ClusterConnection,
    topics: Topics,
    mut left: mpsc::UnboundedReceiver<String>,
    place: String,
) {
    while let Some(topic) = left.recv().await {
        // Someone may have joined again since the last listener left.
        if topics.contains(&topic) {
            continue;
        }
        if let Err(error) = within(&place, ANSWER_LIMIT, listener.sunsubscribe(channel(&topic))).await {
            tracing::debug!(topic, %error, "a topic that nobody listens to stays subscribed");
        }
    }
}

fn topic_of(channel: &[u8]) -> Option<&str> {
    std::str::from_utf8(channel).ok()?.strip_prefix(PREFIX)
}

impl fmt::Debug for RedisClusterBus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisClusterBus").field("place", &self.publisher.place()).finish_non_exhaustive()
    }
}

#[async_trait]
impl Node for RedisClusterBus {
    fn driver(&self) -> &'static str {
        "redis"
    }

    fn place(&self) -> String {
        self.publisher.place().to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.publisher.probe().await?;
        let mut listener = self.listener.clone();
        within(self.publisher.place(), ANSWER_LIMIT, cmd("PING").query_async::<()>(&mut listener)).await
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        vec![("topics", u64::try_from(self.topics.names().len()).unwrap_or(u64::MAX))]
    }
}

#[async_trait]
impl EventBus for RedisClusterBus {
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), NodeError> {
        check_topic(topic)?;
        check_payload(topic, &payload)?;
        let outcome =
            self.publisher.run::<i64>(cmd("SPUBLISH").arg(channel(topic)).arg(payload.as_ref())).await;
        match &outcome {
            Ok(_) => metrics::counter!("realmkeep_bus_published_total", "driver" => "redis").increment(1),
            Err(_) => metrics::counter!("realmkeep_bus_failures_total", "driver" => "redis").increment(1),
        }
        outcome.map(|_| ())
    }

    async fn subscribe(&self, topic: &str) -> Result<Subscription, NodeError> {
        check_topic(topic)?;
        let subscription = self.topics.join(topic);
        self.listen(topic).await?;
        Ok(subscription)
    }
}
