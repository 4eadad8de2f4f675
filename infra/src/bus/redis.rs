//! The networked driver: Redis pub/sub.
//!
//! One connection publishes, another one listens for the whole process, and the table of topics fans out locally:
//! a thousand sockets of one gateway cost Redis a single subscription each topic.
//!
//! When the listening connection breaks, it is made anew with a growing pause, every topic with a listener is
//! subscribed again, and each listener gets [`Delivery::Lagged`](super::Delivery::Lagged) with 0, because Redis
//! forgets whoever is not there. Until then those who share this process go on hearing each other.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt;
use redis::{
    AsyncCommands, Client,
    aio::{ConnectionManager, PubSubSink, PubSubStream},
};
use tokio::{
    sync::{Semaphore, mpsc, oneshot},
    task::AbortHandle,
    time::{Instant, MissedTickBehavior, interval, sleep, timeout},
};

use super::{EventBus, Subscription, Topics, check_payload, check_topic};
use crate::node::{
    Node, NodeError,
    redis::{ANSWER_LIMIT, PREFIX, RedisAddress, manager_settings, timed_out, within},
};

/// How often a silent listening connection is asked whether it still lives.
const PING_INTERVAL: Duration = Duration::from_secs(5);
const RECONNECT_PAUSE_MIN: Duration = Duration::from_millis(50);
const RECONNECT_PAUSE_MAX: Duration = Duration::from_secs(2);
/// Subscriptions that may wait for the listening connection at once.
const REQUESTS_MAX: usize = 1_024;

/// A bus over one Redis server.
pub struct RedisBus {
    place: String,
    publisher: ConnectionManager,
    topics: Topics,
    requests: mpsc::Sender<SubscribeRequest>,
    is_listening: Arc<AtomicBool>,
    /// Messages that are tried to be sent while Redis is away.
    attempts: Arc<Semaphore>,
    listener: AbortHandle,
}

struct SubscribeRequest {
    topic: String,
    done: oneshot::Sender<Result<(), String>>,
}

impl RedisBus {
    /// Connects to `url` (`redis://[user:password@]host:port/[db]`) and starts listening.
    ///
    /// # Errors
    /// The address does not parse, or no server answers there within two seconds.
    pub async fn connect(url: &str) -> Result<Self, NodeError> {
        Self::connect_to(&RedisAddress::server(url), Topics::default()).await
    }

    /// Connects and delivers to listeners who are there already: their topics are subscribed before this returns.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn connect_to(address: &RedisAddress, topics: Topics) -> Result<Self, NodeError> {
        let url = address.urls().next().unwrap_or_default();
        let client = Client::open(url).map_err(|error| address.invalid(&error))?;
        let place = address.place();
        let publisher =
            within(&place, ANSWER_LIMIT * 2, client.get_connection_manager_with_config(manager_settings()))
                .await?;
        let pubsub = within(&place, ANSWER_LIMIT, client.get_async_pubsub()).await?;

        let mut pubsub = pubsub.split();
        let abandoned = topics.report_abandoned();
        for topic in topics.names() {
            let refused = |reason| NodeError::Failed { place: place.clone(), reason };
            subscribe(&mut pubsub.0, &topic).await.map_err(refused)?;
        }
        let (requests, pending) = mpsc::channel(REQUESTS_MAX);
        let is_listening = Arc::new(AtomicBool::new(true));
        let listener = Listener {
            client,
            place: place.clone(),
            topics: topics.clone(),
            pending,
            abandoned,
            is_listening: Arc::clone(&is_listening),
        };
        let listener = tokio::spawn(listener.run(pubsub)).abort_handle();
        let attempts = Arc::new(Semaphore::new(1));
        Ok(Self { place, publisher, topics, requests, is_listening, attempts, listener })
    }

    /// Delivers within this process, while nothing comes from Redis: whoever plays here plays on. Others are tried to
    /// be reached with one message at a time; they were told of a gap if they lost Redis, too.
    fn publish_nearby(&self, topic: &str, payload: Bytes) {
        self.topics.deliver(topic, payload.clone());
        metrics::counter!("realmkeep_bus_failures_total", "driver" => "redis").increment(1);
        let Ok(turn) = Arc::clone(&self.attempts).try_acquire_owned() else { return };
        let (mut connection, place) = (self.publisher.clone(), self.place.clone());
        let channel = format!("{PREFIX}{topic}");
        tokio::spawn(async move {
            let sent = connection.publish::<_, _, i64>(channel, payload.as_ref());
            // Whether or not it worked, the next one may try.
            let _ = within(&place, ANSWER_LIMIT, sent).await;
            drop(turn);
        });
    }

    fn unreachable(&self, reason: impl Into<String>) -> NodeError {
        NodeError::Unreachable { place: self.place.clone(), reason: reason.into() }
    }
}

impl fmt::Debug for RedisBus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisBus").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Drop for RedisBus {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

#[async_trait]
impl Node for RedisBus {
    fn driver(&self) -> &'static str {
        "redis"
    }

    fn place(&self) -> String {
        self.place.clone()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        let mut connection = self.publisher.clone();
        within(&self.place, ANSWER_LIMIT, connection.ping::<()>()).await?;
        if !self.is_listening.load(Ordering::Relaxed) {
            return Err(self.unreachable("the listening connection is being made anew"));
        }
        Ok(())
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        vec![("topics", u64::try_from(self.topics.names().len()).unwrap_or(u64::MAX))]
    }

    async fn close(&self) {
        self.listener.abort();
    }
}

#[async_trait]
impl EventBus for RedisBus {
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), NodeError> {
        check_topic(topic)?;
        check_payload(topic, &payload)?;
        if !self.is_listening.load(Ordering::Relaxed) {
            self.publish_nearby(topic, payload);
            return Ok(());
        }
        let mut connection = self.publisher.clone();
        let sent = connection.publish::<_, _, i64>(format!("{PREFIX}{topic}"), payload.as_ref());
        let outcome = within(&self.place, ANSWER_LIMIT, sent).await;
        match &outcome {
            Ok(_) => metrics::counter!("realmkeep_bus_published_total", "driver" => "redis").increment(1),
            Err(_) => metrics::counter!("realmkeep_bus_failures_total", "driver" => "redis").increment(1),
        }
        outcome.map(|_| ())
    }

    async fn subscribe(&self, topic: &str) -> Result<Subscription, NodeError> {
        check_topic(topic)?;
        // The listener is asked even if somebody else joined first: their SUBSCRIBE may not be confirmed yet, and
        // asking twice costs nothing.
        let subscription = self.topics.join(topic);
        let (done, confirmed) = oneshot::channel();
        let request = SubscribeRequest { topic: topic.to_owned(), done };
        self.requests
            .try_send(request)
            .map_err(|_| self.unreachable("too many subscriptions wait already"))?;
        match timeout(ANSWER_LIMIT, confirmed).await {
            Ok(Ok(Ok(()))) => Ok(subscription),
            Ok(Ok(Err(reason))) => Err(self.unreachable(reason)),
            Ok(Err(_)) => Err(self.unreachable("the listener has ended")),
            Err(_) => Err(timed_out(&self.place, ANSWER_LIMIT)),
        }
    }
}

/// The task that owns the listening connection.
struct Listener {
    client: Client,
    place: String,
    topics: Topics,
    pending: mpsc::Receiver<SubscribeRequest>,
    abandoned: mpsc::UnboundedReceiver<String>,
    is_listening: Arc<AtomicBool>,
}

impl Listener {
    async fn run(mut self, mut connection: (PubSubSink, PubSubStream)) {
        loop {
            let reason = self.listen(&mut connection.0, &mut connection.1).await;
            let Some(reason) = reason else { return };
            self.is_listening.store(false, Ordering::Relaxed);
            tracing::warn!(place = %self.place, %reason, "the bus lost Redis and connects again");
            connection = self.reconnect().await;
            self.is_listening.store(true, Ordering::Relaxed);
            self.topics.announce_gap();
            metrics::counter!("realmkeep_bus_reconnects_total").increment(1);
            tracing::info!(place = %self.place, "the bus has Redis again");
        }
    }

    /// Serves one connection; returns why it broke, or `None` when the bus is gone.
    async fn listen(&mut self, sink: &mut PubSubSink, stream: &mut PubSubStream) -> Option<String> {
        let mut ping = interval(PING_INTERVAL);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                message = stream.next() => {
                    let Some(message) = message else { return Some("the connection was closed".to_owned()) };
                    if let Some(topic) = message.get_channel_name().strip_prefix(PREFIX) {
                        self.topics.deliver(topic, Bytes::copy_from_slice(message.get_payload_bytes()));
                    }
                }
                request = self.pending.recv() => {
                    let request = request?;
                    if !self.topics.contains(&request.topic) {
                        // Whoever asked has left again; nobody would end this interest.
                        continue;
                    }
                    let answer = subscribe(sink, &request.topic).await;
                    let broken = answer.as_ref().err().cloned();
                    let _ = request.done.send(answer);
                    if broken.is_some() { return broken }
                }
                Some(topic) = self.abandoned.recv() => {
                    // Someone may have joined again since the last listener left.
                    if !self.topics.contains(&topic) {
                        let left = sink.unsubscribe(format!("{PREFIX}{topic}"));
                        if let Err(error) = within(&self.place, ANSWER_LIMIT, left).await {
                            return Some(error.to_string());
                        }
                    }
                }
                _ = ping.tick() => {
                    if let Err(error) = within(&self.place, ANSWER_LIMIT, sink.ping::<redis::Value>()).await {
                        return Some(error.to_string());
                    }
                }
            }
        }
    }

    /// Tries until a connection stands and all topics with listeners are subscribed.
    async fn reconnect(&mut self) -> (PubSubSink, PubSubStream) {
        let mut pause = RECONNECT_PAUSE_MIN;
        loop {
            // Whoever asks meanwhile hears this process, and is subscribed and told of a gap with all others.
            let until = Instant::now() + pause;
            while let Ok(Some(request)) = tokio::time::timeout_at(until, self.pending.recv()).await {
                let _ = request.done.send(Ok(()));
            }
            sleep(until.saturating_duration_since(Instant::now())).await;
            if let Ok(pubsub) = within(&self.place, ANSWER_LIMIT, self.client.get_async_pubsub()).await {
                let (mut sink, stream) = pubsub.split();
                if self.resubscribe(&mut sink).await.is_ok() {
                    return (sink, stream);
                }
            }
            pause = (pause * 2).min(RECONNECT_PAUSE_MAX);
        }
    }

    async fn resubscribe(&self, sink: &mut PubSubSink) -> Result<(), String> {
        for topic in self.topics.names() {
            subscribe(sink, &topic).await?;
        }
        Ok(())
    }
}

async fn subscribe(sink: &mut PubSubSink, topic: &str) -> Result<(), String> {
    match timeout(ANSWER_LIMIT, sink.subscribe(format!("{PREFIX}{topic}"))).await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no confirmation within {} ms", ANSWER_LIMIT.as_millis())),
    }
}
