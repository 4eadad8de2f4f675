//! An event bus changes hands: listeners stay, unread entries come along, in order, with what is in flight.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use futures::future::try_join_all;
use tokio::time::timeout;
use uuid::Uuid;

use super::{Exchange, State};
use crate::{
    bus::{
        Delivery,
        seated::{BusSeat, EventBusDriver},
    },
    node::{Node, NodeError, seat::Seat},
    streams::{BATCH_MAX, EntryId, Pending, Reader, Start, Streams},
};

/// So few entries can wait until the gate is closed.
const REST_MAX: usize = 200;
/// Rounds of copying ahead of the switch before a stream is thought to grow faster than it can be copied.
const ROUNDS_MAX: usize = 1_000;
/// How long the old bus may take to deliver what is on its way.
const FLUSH_LIMIT: Duration = Duration::from_millis(15);
/// The consumer that reads what a group has settled already.
const MOVER: &str = "swap";

/// What a swap has copied so far.
#[derive(Debug, Default)]
pub(crate) struct StreamMove {
    /// Old and new ids of each stream's copied entries, in order.
    copied: HashMap<String, Vec<(EntryId, EntryId)>>,
    in_flight: HashMap<(String, EntryId), EntryId>,
    counts: BTreeMap<&'static str, u64>,
    /// Topics that the new driver listens to.
    heard: HashSet<String>,
    is_seated: bool,
}

impl StreamMove {
    fn last(&self, stream: &str) -> Option<EntryId> {
        self.copied.get(stream).and_then(|copied| copied.last()).map(|(old, _)| *old)
    }

    fn count(&mut self, what: &'static str, more: usize) {
        *self.counts.entry(what).or_default() += u64::try_from(more).unwrap_or(u64::MAX);
    }
}

#[async_trait]
impl Exchange for Arc<BusSeat> {
    type Driver = EventBusDriver;

    fn seat(&self) -> &Seat<EventBusDriver> {
        &self.seat
    }

    fn node(&self) -> Arc<dyn Node> {
        self.seat.present()
    }

    fn begin(&self, driver: Arc<EventBusDriver>) {
        self.seat.present().listeners.set_audible(false);
        driver.listeners.set_audible(true);
        self.seat.replace(driver);
    }

    async fn prepare(&self, next: &EventBusDriver) -> Result<(), NodeError> {
        for topic in self.listeners.names() {
            let is_heard = moving(self).heard.contains(&topic);
            if !is_heard {
                next.topics.subscribe(&topic).await?;
                moving(self).heard.insert(topic);
            }
        }
        Ok(())
    }

    async fn move_ahead(&self, old: &EventBusDriver, next: &EventBusDriver) -> Result<(), NodeError> {
        for _ in 0..ROUNDS_MAX {
            let mut copied = 0;
            for name in self.own_streams(&*old.streams).await? {
                copied += copy_batch(self, &name, old, next).await?;
            }
            if copied <= REST_MAX {
                return Ok(());
            }
        }
        let what = "the swap's copy: streams grow faster than it, and it".to_owned();
        Err(NodeError::Full { what, limit: ROUNDS_MAX * BATCH_MAX })
    }

    async fn move_rest(
        &self,
        old: &EventBusDriver,
        next: &EventBusDriver,
        state: State,
    ) -> Result<(), NodeError> {
        // Topics that somebody began to listen to since it was prepared.
        let moved = async {
            self.prepare(next).await?;
            if state == State::Move {
                let names = self.own_streams(&*old.streams).await?;
                try_join_all(names.iter().map(|name| move_stream(self, name, old, next))).await?;
            }
            Ok(())
        };
        tokio::join!(moved, flush(old)).0
    }

    async fn abandon(&self, next: &EventBusDriver) -> Result<(), NodeError> {
        let copied = {
            let mut moving = moving(self);
            (moving.counts, moving.in_flight) = Default::default();
            std::mem::take(&mut moving.copied)
        };
        tidy(&*next.streams, copied.iter().map(|(name, copied)| (name, copied.iter().map(|(_, new)| *new))))
            .await
    }

    fn seated(&self, old: &EventBusDriver, next: &EventBusDriver) {
        old.listeners.set_audible(false);
        next.listeners.set_audible(true);
        // What other processes publish meanwhile may have gone by: whoever listens asks for the whole state.
        self.listeners.announce_gap();
        let mut moving = moving(self);
        moving.is_seated = !moving.is_seated;
        if moving.is_seated {
            self.remember_moved(&moving.in_flight);
        } else {
            // Taken back: entries are called again what they were called.
            self.forget_renamed(&moving.in_flight);
        }
    }

    async fn leave(&self, old: &EventBusDriver, state: State) -> Result<(), NodeError> {
        if state == State::Leave {
            return Ok(());
        }
        let copied = std::mem::take(&mut moving(self).copied);
        tidy(&*old.streams, copied.iter().map(|(name, copied)| (name, copied.iter().map(|(old, _)| *old))))
            .await
    }

    fn finish(&self) -> BTreeMap<&'static str, u64> {
        let moved = std::mem::take(&mut *moving(self));
        if !moved.is_seated {
            return BTreeMap::new();
        }
        moved.counts
    }
}

fn moving(seat: &BusSeat) -> MutexGuard<'_, StreamMove> {
    seat.moving.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Settles entries that are elsewhere now. Only those: somebody else may append to the same engine.
async fn tidy<'a, I: ExactSizeIterator<Item = EntryId>>(
    streams: &dyn Streams,
    moved: impl Iterator<Item = (&'a String, I)>,
) -> Result<(), NodeError> {
    for (stream, ids) in moved {
        let count = ids.len();
        let Some(last) = ids.last() else { continue };
        let status = streams.status(stream).await?;
        for group in &status.groups {
            streams.settle(stream, &group.name, last).await?;
        }
        let keep = if status.groups.is_empty() { status.length.saturating_sub(count) } else { 0 };
        streams.trim(stream, keep).await?;
    }
    Ok(())
}

/// Copies the rest of a stream, and its groups as they stand.
async fn move_stream(
    seat: &BusSeat,
    stream: &str,
    old: &EventBusDriver,
    next: &EventBusDriver,
) -> Result<(), NodeError> {
    while copy_batch(seat, stream, old, next).await? == BATCH_MAX {}
    let groups = old.streams.status(stream).await?.groups;
    let moves = groups.iter().map(|group| move_group(seat, stream, &group.name, group.delivered, old, next));
    try_join_all(moves).await.map(|_| ())
}

/// Copies the next entries of a stream; returns how many.
async fn copy_batch(
    seat: &BusSeat,
    stream: &str,
    old: &EventBusDriver,
    next: &EventBusDriver,
) -> Result<usize, NodeError> {
    let last = moving(seat).last(stream);
    let after = match last {
        Some(last) => last,
        None => settled_by_all(&*old.streams, stream).await?,
    };
    let entries = old.streams.range(stream, after, BATCH_MAX).await?;
    let (ids, payloads): (Vec<EntryId>, Vec<Bytes>) = entries.into_iter().unzip();
    if ids.is_empty() {
        return Ok(0);
    }
    let new_ids = next.streams.append(stream, &payloads).await?;
    let mut moving = moving(seat);
    moving.count("entries", ids.len());
    moving.copied.entry(stream.to_owned()).or_default().extend(ids.iter().copied().zip(new_ids));
    Ok(ids.len())
}

/// The newest entry before everything that a group has still to read or to acknowledge.
async fn settled_by_all(streams: &dyn Streams, stream: &str) -> Result<EntryId, NodeError> {
    let mut settled = None;
    for group in streams.status(stream).await?.groups {
        let oldest = streams.pending(stream, &group.name, EntryId::ZERO, 1).await?;
        let mine = oldest.first().map_or(group.delivered, |pending| pending.id.previous());
        settled = Some(settled.map_or(mine, |settled: EntryId| settled.min(mine)));
    }
    // What nobody reads yet may be read by somebody later.
    Ok(settled.unwrap_or(EntryId::ZERO))
}

/// Makes a group on the new driver that stands where it stood, with the same entries in flight.
async fn move_group(
    seat: &BusSeat,
    stream: &str,
    group: &str,
    delivered: EntryId,
    old: &EventBusDriver,
    next: &EventBusDriver,
) -> Result<(), NodeError> {
    let in_flight = all_pending(&*old.streams, stream, group).await?;
    let first = in_flight.first().map_or(delivered.next(), |pending| pending.id);
    let copied = moving(seat).copied.get(stream).cloned().unwrap_or_default();
    let before = copied.partition_point(|(id, _)| *id < first);
    let start = match (before.checked_sub(1).and_then(|at| copied.get(at)), copied.first()) {
        (Some((_, new)), _) => Start::After(*new),
        (None, Some((_, new))) => Start::After(new.previous()),
        (None, None) => Start::Now,
    };
    next.streams.join(stream, group, start).await?;
    if let Start::After(settled) = start {
        // A group that was there before stands where it stood then.
        next.streams.settle(stream, group, settled).await?;
    }
    let holders: HashMap<EntryId, &str> =
        in_flight.iter().map(|pending| (pending.id, pending.consumer.as_str())).collect();
    let handed_out: Vec<_> = copied[before..].iter().take_while(|(id, _)| *id <= delivered).collect();
    // Runs of entries that are settled, or held by the same consumer, go over in one step each.
    for run in handed_out.chunk_by(|(one, _), (other, _)| holders.get(one) == holders.get(other)) {
        let holder = run.first().and_then(|(id, _)| holders.get(id)).copied();
        let reader = Reader {
            stream: stream.to_owned(),
            group: group.to_owned(),
            consumer: holder.unwrap_or(MOVER).to_owned(),
        };
        for part in run.chunks(BATCH_MAX) {
            let read = next.streams.read(&reader, part.len(), Duration::ZERO).await?;
            let ids: Vec<EntryId> = read.iter().map(|entry| entry.id).collect();
            if holder.is_none() {
                next.streams.ack(stream, group, &ids).await?;
            } else {
                let mut moving = moving(seat);
                moving.count("in_flight", part.len());
                let known = part.iter().map(|(old, new)| ((stream.to_owned(), *old), *new));
                moving.in_flight.extend(known);
            }
        }
    }
    moving(seat).count("groups", 1);
    Ok(())
}

async fn all_pending(streams: &dyn Streams, stream: &str, group: &str) -> Result<Vec<Pending>, NodeError> {
    let mut all: Vec<Pending> = Vec::new();
    loop {
        let after = all.last().map_or(EntryId::ZERO, |pending| pending.id);
        let page = streams.pending(stream, group, after, BATCH_MAX).await?;
        let is_last = page.len() < BATCH_MAX;
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}

/// Waits until what this process has published has come back: a message of our own comes last.
async fn flush(old: &EventBusDriver) {
    let topic = format!("swap.{}", Uuid::now_v7());
    let flushed = async {
        let mut last = old.topics.subscribe(&topic).await?;
        old.topics.publish(&topic, Bytes::new()).await?;
        while !matches!(last.next().await, None | Some(Delivery::Message(_))) {}
        Ok::<_, NodeError>(())
    };
    if !matches!(timeout(FLUSH_LIMIT, flushed).await, Ok(Ok(()))) {
        tracing::debug!(place = old.place(), "the old bus was not flushed; its listeners are told of a gap");
    }
}
