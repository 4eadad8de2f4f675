//! The networked driver: Redis Streams.
//!
//! How long an entry lasts through a crash of Redis is decided there: set `appendonly yes` and `appendfsync` to what
//! the game is worth.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use redis::{
    Cmd, FromRedisValue, Value, cmd, pipe,
    streams::{
        StreamClaimReply, StreamId, StreamInfoGroupsReply, StreamPendingCountReply, StreamPendingReply,
        StreamRangeReply, StreamReadReply,
    },
};
use tokio::time::Instant;

use super::{
    BATCH_MAX, Entry, EntryId, GroupStatus, Pending, Reader, STREAM_ENTRIES_MAX, Start, StreamStatus,
    Streams, check_append, check_reader, unknown_group,
};
use crate::node::{
    Node, NodeError,
    limits::check_name,
    redis::{ANSWER_LIMIT, PREFIX, RedisAddress, RedisLink},
};

/// The field that holds an entry's payload.
const PAYLOAD: &str = "p";
/// The set of all streams' names.
const NAMES: &str = "realmkeep:streams";
/// Readers that have a connection of their own; beyond that, the idle ones lose theirs.
const READERS_MAX: usize = 64;

/// The streams of all processes that use one Redis.
#[derive(Debug)]
pub struct RedisStreams {
    address: RedisAddress,
    link: RedisLink,
    /// A waiting read blocks its connection, so each reader has its own.
    readers: Mutex<HashMap<Reader, RedisLink>>,
    /// The streams that are known to be in the set of names.
    named: Mutex<HashSet<String>>,
}

impl RedisStreams {
    /// Connects.
    ///
    /// # Errors
    /// The address does not parse, or nobody answers there.
    pub async fn connect(address: &RedisAddress) -> Result<Self, NodeError> {
        let link = RedisLink::connect(address).await?;
        Ok(Self { address: address.clone(), link, readers: Mutex::default(), named: Mutex::default() })
    }

    fn readers(&self) -> MutexGuard<'_, HashMap<Reader, RedisLink>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn link_of(&self, reader: &Reader) -> Result<RedisLink, NodeError> {
        if let Some(link) = self.readers().get(reader) {
            return Ok(link.clone());
        }
        let link = RedisLink::connect(&self.address).await?;
        let mut readers = self.readers();
        if readers.len() >= READERS_MAX {
            readers.clear();
        }
        readers.insert(reader.clone(), link.clone());
        Ok(link)
    }

    /// Lists the stream's name, once for each process.
    async fn list(&self, stream: &str) -> Result<(), NodeError> {
        let is_listed = |named: &Mutex<HashSet<String>>| {
            named.lock().unwrap_or_else(PoisonError::into_inner).contains(stream)
        };
        if !is_listed(&self.named) {
            self.link.run::<()>(cmd("SADD").arg(NAMES).arg(stream)).await?;
            self.named.lock().unwrap_or_else(PoisonError::into_inner).insert(stream.to_owned());
        }
        Ok(())
    }

    /// Runs a command of a group; Redis says NOGROUP when it is not there.
    async fn of_group<T: FromRedisValue>(
        &self,
        link: &RedisLink,
        stream: &str,
        group: &str,
        command: &Cmd,
    ) -> Result<T, NodeError> {
        match link.run(command).await {
            Err(NodeError::Failed { reason, .. }) if reason.contains("NOGROUP") => {
                Err(unknown_group(stream, group))
            }
            outcome => outcome,
        }
    }

    fn broken(&self, what: &str) -> NodeError {
        NodeError::Failed { place: self.link.place().to_owned(), reason: format!("an unreadable {what}") }
    }

    fn id(&self, text: &str) -> Result<EntryId, NodeError> {
        text.parse().map_err(|_| self.broken("entry id"))
    }

    fn payload(&self, entry: StreamId) -> Result<(EntryId, Bytes), NodeError> {
        let id = self.id(&entry.id)?;
        match entry.map.into_iter().find(|(field, _)| field == PAYLOAD) {
            Some((_, Value::BulkString(payload))) => Ok((id, payload.into())),
            _ => Err(self.broken("entry")),
        }
    }

    async fn groups(&self, stream: &str) -> Result<StreamInfoGroupsReply, NodeError> {
        match self.link.run(cmd("XINFO").arg("GROUPS").arg(key(stream))).await {
            Err(NodeError::Failed { reason, .. }) if reason.contains("no such key") => {
                Ok(StreamInfoGroupsReply::default())
            }
            outcome => outcome,
        }
    }

    /// The oldest entry that the group still needs.
    async fn needed_by(&self, stream: &str, group: &str, delivered: EntryId) -> Result<EntryId, NodeError> {
        let mut asked = cmd("XPENDING");
        asked.arg(key(stream)).arg(group);
        match self.of_group(&self.link, stream, group, &asked).await? {
            StreamPendingReply::Empty => Ok(delivered.next()),
            StreamPendingReply::Data(pending) => self.id(&pending.start_id),
            _ => Err(self.broken("list of pending entries")),
        }
    }

    /// The oldest of the newest `keep` entries; none if there are fewer, and what comes after all if none is kept.
    async fn oldest_of_newest(&self, stream: &str, keep: usize) -> Result<Option<EntryId>, NodeError> {
        let (mut left, mut before) = (keep.max(1), "+".to_owned());
        loop {
            let mut asked = cmd("XREVRANGE");
            asked.arg(key(stream)).arg(&before).arg("-").arg("COUNT").arg(left.min(BATCH_MAX));
            let page: StreamRangeReply = self.link.run(&asked).await?;
            let Some(oldest) = page.ids.last() else { return Ok(None) };
            left = left.saturating_sub(page.ids.len());
            if left == 0 {
                let oldest = self.id(&oldest.id)?;
                return Ok(Some(if keep == 0 { oldest.next() } else { oldest }));
            }
            before = format!("({}", oldest.id);
        }
    }

    async fn unread(&self, stream: &str, delivered: EntryId) -> Result<usize, NodeError> {
        let mut count = 0;
        let mut after = delivered;
        loop {
            let page = self.range(stream, after, BATCH_MAX).await?;
            count += page.len();
            match page.last() {
                Some((last, _)) if page.len() == BATCH_MAX => after = *last,
                _ => return Ok(count),
            }
        }
    }
}

fn key(stream: &str) -> String {
    format!("{PREFIX}stream:{stream}")
}

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[async_trait]
impl Node for RedisStreams {
    fn driver(&self) -> &'static str {
        "redis"
    }

    fn place(&self) -> String {
        self.link.place().to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.link.probe().await
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        vec![("readers", u64::try_from(self.readers().len()).unwrap_or(u64::MAX))]
    }

    async fn close(&self) {
        self.readers().clear();
    }
}

#[async_trait]
impl Streams for RedisStreams {
    async fn append(&self, stream: &str, payloads: &[Bytes]) -> Result<Vec<EntryId>, NodeError> {
        check_append(stream, payloads)?;
        if payloads.is_empty() {
            return Ok(Vec::new());
        }
        self.list(stream).await?;
        let mut append = pipe();
        append.atomic();
        for payload in payloads {
            append.cmd("XADD").arg(key(stream)).arg("*").arg(PAYLOAD).arg(payload.as_ref());
        }
        let length: usize = self.link.run(cmd("XLEN").arg(key(stream))).await?;
        if length + payloads.len() > STREAM_ENTRIES_MAX {
            return Err(NodeError::Full { what: format!("stream {stream}"), limit: STREAM_ENTRIES_MAX });
        }
        let ids: Vec<String> = self.link.run_all(&append).await?;
        ids.iter().map(|id| self.id(id)).collect()
    }

    async fn join(&self, stream: &str, group: &str, start: Start) -> Result<(), NodeError> {
        check_name("stream", stream)?;
        check_name("group", group)?;
        self.list(stream).await?;
        let from = match start {
            Start::Beginning => "0".to_owned(),
            Start::Now => "$".to_owned(),
            Start::After(id) => id.to_string(),
        };
        let mut create = cmd("XGROUP");
        create.arg("CREATE").arg(key(stream)).arg(group).arg(from).arg("MKSTREAM");
        match self.link.run::<()>(&create).await {
            Err(NodeError::Failed { reason, .. }) if reason.contains("BUSYGROUP") => Ok(()),
            outcome => outcome,
        }
    }

    async fn read(&self, reader: &Reader, max: usize, wait: Duration) -> Result<Vec<Entry>, NodeError> {
        check_reader(reader)?;
        let link = if wait.is_zero() { self.link.clone() } else { self.link_of(reader).await? };
        let until = Instant::now() + wait;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let mut read = cmd("XREADGROUP");
            read.arg("GROUP").arg(&reader.group).arg(&reader.consumer);
            read.arg("COUNT").arg(max.clamp(1, BATCH_MAX));
            if ms(left) > 0 {
                // Less than the limit of an answer, which a wait must not look like.
                read.arg("BLOCK").arg(ms(left.min(ANSWER_LIMIT / 2)));
            }
            read.arg("STREAMS").arg(key(&reader.stream)).arg(">");
            let reply: Option<StreamReadReply> =
                self.of_group(&link, &reader.stream, &reader.group, &read).await?;
            let found = reply.unwrap_or_default().keys.into_iter().flat_map(|stream| stream.ids);
            let entry = |entry| self.payload(entry).map(|(id, payload)| Entry { id, payload, deliveries: 1 });
            let entries: Vec<Entry> = found.map(entry).collect::<Result<_, _>>()?;
            if !entries.is_empty() || ms(left) == 0 {
                return Ok(entries);
            }
        }
    }

    async fn ack(&self, stream: &str, group: &str, ids: &[EntryId]) -> Result<usize, NodeError> {
        if ids.is_empty() {
            return Ok(0);
        }
        let mut ack = cmd("XACK");
        ack.arg(key(stream)).arg(group);
        for id in ids {
            ack.arg(id.to_string());
        }
        self.link.run(&ack).await
    }

    async fn settle(&self, stream: &str, group: &str, upto: EntryId) -> Result<(), NodeError> {
        loop {
            let pending = self.pending(stream, group, EntryId::ZERO, BATCH_MAX).await?;
            let ids: Vec<EntryId> =
                pending.iter().map(|pending| pending.id).filter(|id| *id <= upto).collect();
            if ids.is_empty() {
                break;
            }
            self.ack(stream, group, &ids).await?;
        }
        let known = self.groups(stream).await?.groups.into_iter().find(|known| known.name == group);
        let known = known.ok_or_else(|| unknown_group(stream, group))?;
        if self.id(&known.last_delivered_id)? < upto {
            let mut skip = cmd("XGROUP");
            skip.arg("SETID").arg(key(stream)).arg(group).arg(upto.to_string());
            self.link.run::<()>(&skip).await?;
        }
        Ok(())
    }

    async fn claim(&self, reader: &Reader, idle: Duration, max: usize) -> Result<Vec<Entry>, NodeError> {
        check_reader(reader)?;
        let mut asked = cmd("XPENDING");
        asked.arg(key(&reader.stream)).arg(&reader.group).arg("IDLE").arg(ms(idle));
        asked.arg("-").arg("+").arg(max.clamp(1, BATCH_MAX));
        let pending: StreamPendingCountReply =
            self.of_group(&self.link, &reader.stream, &reader.group, &asked).await?;
        if pending.ids.is_empty() {
            return Ok(Vec::new());
        }
        // Of all who try, the first to claim resets the idle time, and the others get nothing.
        let mut claim = cmd("XCLAIM");
        claim.arg(key(&reader.stream)).arg(&reader.group).arg(&reader.consumer).arg(ms(idle));
        let mut deliveries = HashMap::new();
        for found in &pending.ids {
            claim.arg(&found.id);
            deliveries.insert(self.id(&found.id)?, u32::try_from(found.times_delivered).unwrap_or(u32::MAX));
        }
        let claimed: StreamClaimReply =
            self.of_group(&self.link, &reader.stream, &reader.group, &claim).await?;
        let entry = |entry| {
            let (id, payload) = self.payload(entry)?;
            let before = deliveries.get(&id).copied().unwrap_or_default();
            Ok(Entry { id, payload, deliveries: before.saturating_add(1) })
        };
        claimed.ids.into_iter().map(entry).collect()
    }

    async fn pending(
        &self,
        stream: &str,
        group: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<Pending>, NodeError> {
        let mut asked = cmd("XPENDING");
        asked.arg(key(stream)).arg(group).arg(after.next().to_string()).arg("+").arg(max.clamp(1, BATCH_MAX));
        let reply: StreamPendingCountReply = self.of_group(&self.link, stream, group, &asked).await?;
        let pending = |found: redis::streams::StreamPendingId| {
            Ok(Pending {
                id: self.id(&found.id)?,
                consumer: found.consumer,
                idle: Duration::from_millis(u64::try_from(found.last_delivered_ms).unwrap_or(u64::MAX)),
                deliveries: u32::try_from(found.times_delivered).unwrap_or(u32::MAX),
            })
        };
        reply.ids.into_iter().map(pending).collect()
    }

    async fn range(
        &self,
        stream: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<(EntryId, Bytes)>, NodeError> {
        check_name("stream", stream)?;
        let mut asked = cmd("XRANGE");
        asked.arg(key(stream)).arg(after.next().to_string()).arg("+");
        asked.arg("COUNT").arg(max.clamp(1, BATCH_MAX));
        let reply: StreamRangeReply = self.link.run(&asked).await?;
        reply.ids.into_iter().map(|entry| self.payload(entry)).collect()
    }

    async fn newest(&self, stream: &str, max: usize) -> Result<Vec<(EntryId, Bytes)>, NodeError> {
        check_name("stream", stream)?;
        let mut asked = cmd("XREVRANGE");
        asked.arg(key(stream)).arg("+").arg("-").arg("COUNT").arg(max.clamp(1, BATCH_MAX));
        let reply: StreamRangeReply = self.link.run(&asked).await?;
        reply.ids.into_iter().map(|entry| self.payload(entry)).collect()
    }

    async fn trim(&self, stream: &str, keep: usize) -> Result<usize, NodeError> {
        check_name("stream", stream)?;
        let Some(mut horizon) = self.oldest_of_newest(stream, keep).await? else { return Ok(0) };
        for group in self.groups(stream).await?.groups {
            let delivered = self.id(&group.last_delivered_id)?;
            horizon = horizon.min(self.needed_by(stream, &group.name, delivered).await?);
        }
        self.link.run(cmd("XTRIM").arg(key(stream)).arg("MINID").arg(horizon.to_string())).await
    }

    async fn status(&self, stream: &str) -> Result<StreamStatus, NodeError> {
        check_name("stream", stream)?;
        let length: usize = self.link.run(cmd("XLEN").arg(key(stream))).await?;
        let mut newest = cmd("XREVRANGE");
        newest.arg(key(stream)).arg("+").arg("-").arg("COUNT").arg(1);
        let newest: StreamRangeReply = self.link.run(&newest).await?;
        let last = newest.ids.first().map_or(Ok(EntryId::ZERO), |newest| self.id(&newest.id))?;
        let mut groups = Vec::new();
        for group in self.groups(stream).await?.groups {
            let delivered = self.id(&group.last_delivered_id)?;
            let unread = match group.lag {
                Some(lag) => lag,
                // Redis has lost count, which it does after a trim in the middle.
                None => self.unread(stream, delivered).await?,
            };
            groups.push(GroupStatus { name: group.name, delivered, pending: group.pending, unread });
        }
        groups.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        Ok(StreamStatus { length, last, groups })
    }

    fn is_shared(&self) -> bool {
        true
    }

    async fn names(&self) -> Result<Vec<String>, NodeError> {
        let mut names: Vec<String> = self.link.run(cmd("SMEMBERS").arg(NAMES)).await?;
        names.sort_unstable();
        Ok(names)
    }
}
