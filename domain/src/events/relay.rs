//! From the log of events to the streams of their topics.
//!
//! Every process runs a relay, and a lease lets one of them work. It begins with the oldest event that is not marked as
//! relayed, puts events on their streams in order, and marks them afterwards. A relay that dies in between leaves events
//! that the next one puts there once more: in the same order, and consumers know what they have seen. So does a relay
//! that slept through its lease; nothing is out of order for whoever skips what it knows.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use infra::events::stream_of;
use store::{Store, events::LoggedEvent};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Domain, Error};

/// Events that are relayed at once.
const BATCH: u64 = 500;
/// How soon an event is noticed when there was nothing to do.
const LOOK_EVERY: Duration = Duration::from_millis(200);
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);
const LEASE: &str = "event-relay";
/// How long another process waits for a relay that has fallen silent.
const LEASE_TTL: TimeDelta = TimeDelta::seconds(10);
/// Entries that a stream keeps although everyone has read them, for a look back.
const KEPT_ENTRIES: usize = 10_000;
/// After so many relayed batches, the streams are cut.
const TRIM_EVERY_BATCHES: u32 = 20;
/// Streams in memory are filled with what happened so long ago at most.
const REFILLED: TimeDelta = TimeDelta::hours(24);

/// Relays until `shutdown` is cancelled.
pub async fn relay(domain: Domain, shutdown: CancellationToken) {
    let relay = Relay { domain, holder: Uuid::now_v7() };
    relay.refill().await;
    let mut batches = 0_u32;
    while !shutdown.is_cancelled() {
        let pause = match relay.turn().await {
            Ok(0) => LOOK_EVERY,
            Ok(_) => {
                batches += 1;
                if batches.is_multiple_of(TRIM_EVERY_BATCHES) {
                    relay.trim().await;
                }
                Duration::ZERO
            }
            Err(error) => {
                metrics::counter!("realmkeep_event_relay_failures_total").increment(1);
                tracing::warn!(%error, "events can't be put on their streams; they wait");
                PAUSE_AFTER_FAILURE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            () = shutdown.cancelled() => {}
        }
    }
    if let Err(error) = store::leases::release(relay.domain.store(), LEASE, relay.holder).await {
        tracing::debug!(%error, "the relay's lease ends by itself");
    }
}

/// Relays all that waits now, and returns how many events that were.
///
/// # Errors
/// The database or the streams failed.
pub async fn relay_all(domain: &Domain) -> Result<usize, Error> {
    let relay = Relay { domain: domain.clone(), holder: Uuid::now_v7() };
    let mut relayed = 0;
    loop {
        match relay.turn().await? {
            0 => break,
            count => relayed += count,
        }
    }
    store::leases::release(domain.store(), LEASE, relay.holder).await?;
    Ok(relayed)
}

/// Hands what happened shortly before a copy was made to the relay once more: streams know nothing of the copy, and have
/// been read further than it says. Consumers skip what the copy says that they have seen. Returns how many events.
///
/// # Errors
/// The database failed.
pub async fn reopen_restored(store: &Store, made_at: DateTime<Utc>) -> Result<u64, Error> {
    Ok(store::events::reopen(store, made_at - REFILLED).await?)
}

struct Relay {
    domain: Domain,
    holder: Uuid,
}

impl Relay {
    async fn turn(&self) -> Result<usize, Error> {
        let (store, now) = (self.domain.store(), store::now());
        if !store::leases::take(store, LEASE, self.holder, now, now + LEASE_TTL).await? {
            return Ok(0);
        }
        let waiting = store::events::unrelayed(store, BATCH).await?;
        let lag = waiting.first().map_or(0.0, |event| (now - event.envelope.time).as_seconds_f64());
        metrics::gauge!("realmkeep_event_relay_lag_seconds").set(lag.max(0.0));
        let count = waiting.len();
        for (topic, events) in by_topic(waiting) {
            self.put(&topic, &events).await?;
        }
        Ok(count)
    }

    async fn put(&self, topic: &str, events: &[LoggedEvent]) -> Result<(), Error> {
        let mut payloads = Vec::with_capacity(events.len());
        for event in events {
            let payload = serde_json::to_vec(&event.envelope)
                .map_err(|error| Error::Internal(format!("an event does not become JSON: {error}")))?;
            payloads.push(payload.into());
        }
        self.domain.streams().append(&stream_of(topic), &payloads).await?;
        let seqs: Vec<i64> = events.iter().map(|event| event.seq).collect();
        store::events::mark_relayed(self.domain.store(), &seqs, store::now()).await?;
        metrics::counter!("realmkeep_events_relayed_total").increment(events.len() as u64);
        Ok(())
    }

    /// Streams in memory have forgotten everything when the process begins.
    async fn refill(&self) {
        if self.domain.streams().driver() != "in_process" {
            return;
        }
        match store::events::reopen(self.domain.store(), store::now() - REFILLED).await {
            Ok(0) => {}
            Ok(events) => tracing::debug!(events, "streams are filled from the log"),
            Err(error) => tracing::warn!(%error, "streams can't be filled from the log"),
        }
    }

    async fn trim(&self) {
        for topic in store::events::TOPICS {
            if let Err(error) = self.domain.streams().trim(&stream_of(topic), KEPT_ENTRIES).await {
                tracing::debug!(%error, topic, "a stream was not cut");
            }
        }
    }
}

/// Events apart by topic, each topic in order.
fn by_topic(events: Vec<LoggedEvent>) -> BTreeMap<String, Vec<LoggedEvent>> {
    let mut topics = BTreeMap::<String, Vec<LoggedEvent>>::new();
    for event in events {
        topics.entry(event.envelope.topic().to_owned()).or_default().push(event);
    }
    topics
}
