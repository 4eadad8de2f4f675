//! The bus and the streams that callers hold: whichever driver has the seat, with the same listeners.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::time::Instant;

use super::{EventBus, SharedBus, Subscription, Topics};
use crate::{
    node::{Node, NodeError, seat::Seat},
    streams::{Entry, EntryId, Pending, Reader, SharedStreams, Start, StreamStatus, Streams},
    swap::StreamMove,
};

/// How long a waiting read holds the gate at a time: a swap waits for it.
const READ_SLICE: Duration = Duration::from_millis(10);
/// Ids of entries in flight that are remembered across a swap.
const MOVED_MAX: usize = 200_000;

/// A driver of an event bus: topics and streams over the same engine.
#[derive(Debug)]
pub struct EventBusDriver {
    /// Publish and subscribe.
    pub topics: SharedBus,
    /// Streams.
    pub streams: SharedStreams,
    /// The listeners that it delivers to, once it has the seat.
    pub listeners: Topics,
}

#[async_trait]
impl Node for EventBusDriver {
    fn driver(&self) -> &'static str {
        self.topics.driver()
    }

    fn place(&self) -> String {
        self.topics.place()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.topics.probe().await?;
        self.streams.probe().await
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        [self.topics.figures(), self.streams.figures()].concat()
    }

    async fn close(&self) {
        self.topics.close().await;
        self.streams.close().await;
    }
}

/// The seat of an event bus, with what outlives its drivers.
#[derive(Debug)]
pub struct BusSeat {
    /// Who has it.
    pub(crate) seat: Seat<EventBusDriver>,
    /// Everyone who listens in this process.
    pub(crate) listeners: Topics,
    /// Entries that were in flight when their stream moved: what was handed out, and what it is now.
    moved: Mutex<HashMap<(String, EntryId), EntryId>>,
    /// Streams that this process appends to or reads.
    used: Mutex<HashSet<String>>,
    /// What a swap has copied so far.
    pub(crate) moving: Mutex<StreamMove>,
}

impl BusSeat {
    /// Gives the seat to a driver, which delivers from now on.
    #[must_use]
    pub fn new(driver: Arc<EventBusDriver>, listeners: Topics) -> Arc<Self> {
        driver.listeners.set_audible(true);
        Arc::new(Self {
            seat: Seat::new(driver),
            listeners,
            moved: Mutex::default(),
            used: Mutex::default(),
            moving: Mutex::default(),
        })
    }

    /// The bus, for callers.
    #[must_use]
    pub fn bus(self: &Arc<Self>) -> SharedBus {
        Arc::new(SeatedBus(Arc::clone(self)))
    }

    /// The streams, for callers.
    #[must_use]
    pub fn streams(self: &Arc<Self>) -> SharedStreams {
        Arc::new(SeatedStreams { seat: Arc::clone(self), joined: Mutex::default() })
    }

    pub(crate) fn remember_moved(&self, moved: &HashMap<(String, EntryId), EntryId>) {
        let mut known = self.moved();
        if known.len() + moved.len() > MOVED_MAX {
            known.clear();
        }
        known.extend(moved.iter().map(|(old, new)| (old.clone(), *new)));
    }

    pub(crate) fn forget_renamed(&self, moved: &HashMap<(String, EntryId), EntryId>) {
        self.moved().retain(|old, _| !moved.contains_key(old));
    }

    /// The streams that a swap is about: all of an engine that is ours alone, else those that this process uses. The others
    /// belong to whoever goes on using the engine.
    pub(crate) async fn own_streams(&self, streams: &dyn Streams) -> Result<Vec<String>, NodeError> {
        let mut names = streams.names().await?;
        if streams.is_shared() {
            let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            names.retain(|name| used.contains(name));
        }
        Ok(names)
    }

    fn note_use(&self, stream: &str) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !used.contains(stream) {
            used.insert(stream.to_owned());
        }
    }

    /// What an entry is called now.
    fn present_id(&self, stream: &str, id: EntryId) -> EntryId {
        let known = self.moved();
        if known.is_empty() {
            return id;
        }
        let mut present = id;
        let mut at = (stream.to_owned(), id);
        while let Some(next) = known.get(&at) {
            present = *next;
            at.1 = present;
        }
        present
    }

    fn forget_moved(&self, stream: &str, ids: &[EntryId]) {
        let mut known = self.moved();
        if !known.is_empty() {
            for id in ids {
                known.remove(&(stream.to_owned(), *id));
            }
        }
    }

    fn moved(&self) -> MutexGuard<'_, HashMap<(String, EntryId), EntryId>> {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bus of whichever driver has the seat.
#[derive(Debug)]
struct SeatedBus(Arc<BusSeat>);

#[async_trait]
impl Node for SeatedBus {
    fn driver(&self) -> &'static str {
        self.0.seat.present().driver()
    }

    fn place(&self) -> String {
        self.0.seat.present().place()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.0.seat.present().topics.probe().await
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        self.0.seat.present().topics.figures()
    }

    async fn close(&self) {
        self.0.seat.present().close().await;
    }
}

#[async_trait]
impl EventBus for SeatedBus {
    async fn publish(&self, topic: &str, payload: Bytes) -> Result<(), NodeError> {
        self.0.seat.hold().await.topics.publish(topic, payload).await
    }

    async fn subscribe(&self, topic: &str) -> Result<Subscription, NodeError> {
        self.0.seat.hold().await.topics.subscribe(topic).await
    }
}

/// The streams of whichever driver has the seat.
#[derive(Debug)]
struct SeatedStreams {
    seat: Arc<BusSeat>,
    /// Groups that were joined through here: they are made again where an engine has lost them.
    joined: Mutex<HashSet<(String, String)>>,
}

impl SeatedStreams {
    async fn rejoin(&self, reader: &Reader) -> Result<bool, NodeError> {
        let group = (reader.stream.clone(), reader.group.clone());
        let is_ours = self.joined.lock().unwrap_or_else(PoisonError::into_inner).contains(&group);
        if is_ours {
            tracing::warn!(
                stream = reader.stream,
                group = reader.group,
                "a group was lost and is made again"
            );
            let held = self.seat.seat.hold().await;
            held.streams.join(&reader.stream, &reader.group, Start::Beginning).await?;
        }
        Ok(is_ours)
    }
}

#[async_trait]
impl Node for SeatedStreams {
    fn driver(&self) -> &'static str {
        self.seat.seat.present().driver()
    }

    fn place(&self) -> String {
        self.seat.seat.present().streams.place()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.seat.seat.present().streams.probe().await
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        self.seat.seat.present().streams.figures()
    }
}

#[async_trait]
impl Streams for SeatedStreams {
    async fn append(&self, stream: &str, payloads: &[Bytes]) -> Result<Vec<EntryId>, NodeError> {
        self.seat.note_use(stream);
        self.seat.seat.hold().await.streams.append(stream, payloads).await
    }

    async fn join(&self, stream: &str, group: &str, start: Start) -> Result<(), NodeError> {
        self.seat.note_use(stream);
        self.seat.seat.hold().await.streams.join(stream, group, start).await?;
        let group = (stream.to_owned(), group.to_owned());
        self.joined.lock().unwrap_or_else(PoisonError::into_inner).insert(group);
        Ok(())
    }

    async fn read(&self, reader: &Reader, max: usize, wait: Duration) -> Result<Vec<Entry>, NodeError> {
        let until = Instant::now() + wait;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let read = {
                let held = self.seat.seat.hold().await;
                held.streams.read(reader, max, left.min(READ_SLICE)).await
            };
            match read {
                Err(NodeError::Unknown { .. }) if self.rejoin(reader).await? => {}
                Ok(entries) if entries.is_empty() && !left.is_zero() => {}
                outcome => return outcome,
            }
        }
    }

    async fn ack(&self, stream: &str, group: &str, ids: &[EntryId]) -> Result<usize, NodeError> {
        let held = self.seat.seat.hold().await;
        let present: Vec<EntryId> = ids.iter().map(|id| self.seat.present_id(stream, *id)).collect();
        let acknowledged = held.streams.ack(stream, group, &present).await?;
        self.seat.forget_moved(stream, ids);
        Ok(acknowledged)
    }

    async fn settle(&self, stream: &str, group: &str, upto: EntryId) -> Result<(), NodeError> {
        let held = self.seat.seat.hold().await;
        held.streams.settle(stream, group, self.seat.present_id(stream, upto)).await
    }

    async fn claim(&self, reader: &Reader, idle: Duration, max: usize) -> Result<Vec<Entry>, NodeError> {
        loop {
            let claimed = {
                let held = self.seat.seat.hold().await;
                held.streams.claim(reader, idle, max).await
            };
            match claimed {
                Err(NodeError::Unknown { .. }) if self.rejoin(reader).await? => {}
                outcome => return outcome,
            }
        }
    }

    async fn pending(
        &self,
        stream: &str,
        group: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<Pending>, NodeError> {
        self.seat.seat.hold().await.streams.pending(stream, group, after, max).await
    }

    async fn range(
        &self,
        stream: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<(EntryId, Bytes)>, NodeError> {
        self.seat.seat.hold().await.streams.range(stream, after, max).await
    }

    async fn newest(&self, stream: &str, max: usize) -> Result<Vec<(EntryId, Bytes)>, NodeError> {
        self.seat.seat.hold().await.streams.newest(stream, max).await
    }

    async fn trim(&self, stream: &str, keep: usize) -> Result<usize, NodeError> {
        self.seat.seat.hold().await.streams.trim(stream, keep).await
    }

    async fn status(&self, stream: &str) -> Result<StreamStatus, NodeError> {
        self.seat.seat.hold().await.streams.status(stream).await
    }

    fn is_shared(&self) -> bool {
        self.seat.seat.present().streams.is_shared()
    }

    async fn names(&self) -> Result<Vec<String>, NodeError> {
        self.seat.seat.hold().await.streams.names().await
    }
}
