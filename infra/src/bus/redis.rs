//! The networked driver: Redis pub/sub.
//!
//! One connection publishes, another one listens for the whole process, and the table of topics fans out locally:
//! a thousand sockets of one gateway cost Redis a single subscription each topic.
//!
//! When the listening connection breaks, it is made anew with a growing pause, every topic with a listener is
//! subscribed again, and each listener gets [`Delivery::Lagged`](super::Delivery::Lagged) with 0, because Redis
//! forgets whoever is not there.

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
    aio::{ConnectionManager, ConnectionManagerConfig, PubSubSink, PubSubStream},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::AbortHandle,
    time::{Instant, MissedTickBehavior, interval, sleep, timeout},
};

use super::{BusError, EventBus, Subscription, check_payload, check_topic, topics::Topics};

/// How long any single exchange with the server may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// How often a silent listening connection is asked whether it still lives.
const PING_INTERVAL: Duration = Duration::from_secs(5);
const RECONNECT_PAUSE_MIN: Duration = Duration::from_millis(50);
const RECONNECT_PAUSE_MAX: Duration = Duration::from_secs(2);
/// Subscriptions that may wait for the listening connection at once.
const REQUESTS_MAX: usize = 1_024;
/// Keeps our channels apart in a Redis that others use too.
const CHANNEL_PREFIX: &str = "realmkeep:";

/// A bus over one Redis server.
pub struct RedisBus {
    address: String,
    publisher: ConnectionManager,
    topics: Topics,
    requests: mpsc::Sender<SubscribeRequest>,
    is_listening: Arc<AtomicBool>,
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
    pub async fn connect(url: &str) -> Result<Self, BusError> {
        let client = Client::open(url).map_err(|error| BusError::InvalidAddress {
            url: without_password(url),
            reason: error.to_string(),
        })?;
        let address = client.get_connection_info().addr().to_string();
        let settings = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(ANSWER_LIMIT))
            .set_response_timeout(Some(ANSWER_LIMIT))
            .set_number_of_retries(1)
            .set_max_delay(RECONNECT_PAUSE_MAX);
        let publisher =
            within(&address, ANSWER_LIMIT * 2, client.get_connection_manager_with_config(settings)).await?;
        let pubsub = within(&address, ANSWER_LIMIT, client.get_async_pubsub()).await?;

        let (abandoned_sender, abandoned) = mpsc::unbounded_channel();
        let (requests, pending) = mpsc::channel(REQUESTS_MAX);
        let topics = Topics::reporting_to(abandoned_sender);
        let is_listening = Arc::new(AtomicBool::new(true));
        let listener = Listener {
            client,
            address: address.clone(),
            topics: topics.clone(),
            pending,
            abandoned,
            is_listening: Arc::clone(&is_listening),
        };
        let listener = tokio::spawn(listener.run(pubsub.split())).abort_handle();
        Ok(Self { address, publisher, topics, requests, is_listening, listener })
    }

    fn unreachable(&self, reason: impl Into<String>) -> BusError {
        BusError::Unreachable { address: self.address.clone(), reason: reason.into() }
    }
}

impl fmt::Debug for RedisBus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisBus").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for RedisBus {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

#[async_trait]
impl EventBus for RedisBus {
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), BusError> {
        check_topic(topic)?;
        check_payload(topic, &payload)?;
        let mut connection = self.publisher.clone();
        let sent = connection.publish::<_, _, i64>(format!("{CHANNEL_PREFIX}{topic}"), payload.as_ref());
        let outcome = within(&self.address, ANSWER_LIMIT, sent).await;
        match &outcome {
            Ok(_) => metrics::counter!("realmkeep_bus_published_total", "driver" => "redis").increment(1),
            Err(_) => metrics::counter!("realmkeep_bus_failures_total", "driver" => "redis").increment(1),
        }
        outcome.map(|_| ())
    }

    async fn subscribe(&self, topic: &str) -> Result<Subscription, BusError> {
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
            Err(_) => Err(timed_out(&self.address, ANSWER_LIMIT)),
        }
    }

    async fn probe(&self) -> Result<(), BusError> {
        let mut connection = self.publisher.clone();
        within(&self.address, ANSWER_LIMIT, connection.ping::<()>()).await?;
        if !self.is_listening.load(Ordering::Relaxed) {
            return Err(self.unreachable("the listening connection is being made anew"));
        }
        Ok(())
    }

    fn driver(&self) -> &'static str {
        "redis"
    }
}

/// The task that owns the listening connection.
struct Listener {
    client: Client,
    address: String,
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
            tracing::warn!(address = %self.address, %reason, "the bus lost Redis and connects again");
            connection = self.reconnect().await;
            self.is_listening.store(true, Ordering::Relaxed);
            self.topics.announce_gap();
            metrics::counter!("realmkeep_bus_reconnects_total").increment(1);
            tracing::info!(address = %self.address, "the bus has Redis again");
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
                    if let Some(topic) = message.get_channel_name().strip_prefix(CHANNEL_PREFIX) {
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
                        let left = sink.unsubscribe(format!("{CHANNEL_PREFIX}{topic}"));
                        if let Err(error) = within(&self.address, ANSWER_LIMIT, left).await {
                            return Some(error.to_string());
                        }
                    }
                }
                _ = ping.tick() => {
                    if let Err(error) = within(&self.address, ANSWER_LIMIT, sink.ping::<redis::Value>()).await {
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
            // Whoever asks meanwhile learns at once that there is no connection, instead of waiting for one.
            let until = Instant::now() + pause;
            while let Ok(Some(request)) = tokio::time::timeout_at(until, self.pending.recv()).await {
                let _ = request.done.send(Err("the connection is being made anew".to_owned()));
            }
            sleep(until.saturating_duration_since(Instant::now())).await;
            if let Ok(pubsub) = within(&self.address, ANSWER_LIMIT, self.client.get_async_pubsub()).await {
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
    match timeout(ANSWER_LIMIT, sink.subscribe(format!("{CHANNEL_PREFIX}{topic}"))).await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no confirmation within {} ms", ANSWER_LIMIT.as_millis())),
    }
}

async fn within<T>(
    address: &str,
    limit: Duration,
    exchange: impl Future<Output = redis::RedisResult<T>>,
) -> Result<T, BusError> {
    match timeout(limit, exchange).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) if error.is_timeout() => Err(timed_out(address, limit)),
        Ok(Err(error)) => {
            Err(BusError::Unreachable { address: address.to_owned(), reason: error.to_string() })
        }
        Err(_) => Err(timed_out(address, limit)),
    }
}

fn timed_out(address: &str, limit: Duration) -> BusError {
    let limit_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    BusError::TimedOut { address: address.to_owned(), limit_ms }
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn an_address_in_an_error_carries_no_password() {
        assert_eq!(without_password("redis://keeper:hunter2@cache:6379/0"), "redis://…@cache:6379/0");
        assert_eq!(without_password("redis://cache:6379"), "redis://cache:6379");
    }
}
