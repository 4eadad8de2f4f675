//! The embedded driver: streams in this process's memory, and in a journal beside it if it is given a folder.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

use super::{
    BATCH_MAX, Entry, EntryId, GroupStatus, Pending, Reader, STREAM_ENTRIES_MAX, Start, StreamStatus,
    Streams, check_append, check_reader,
    journal::{Change, Journal, Payload, id, written},
    unknown_group,
};
use crate::node::{Node, NodeError, limits::check_name};

/// The streams of a single process. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct InProcessStreams {
    table: Arc<Mutex<Table>>,
    appended: Arc<Notify>,
    file: Option<PathBuf>,
}

#[derive(Debug, Default)]
struct Table {
    streams: HashMap<String, Stream>,
    journal: Option<Journal>,
}

#[derive(Debug)]
struct Stream {
    entries: VecDeque<(EntryId, Bytes)>,
    last: EntryId,
    groups: BTreeMap<String, Group>,
}

impl Stream {
    /// Its ids begin with the moment of its making, so that no two streams of one name ever gave out the same ones.
    fn new() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let high = u64::try_from(since_epoch.as_nanos()).unwrap_or(u64::MAX);
        Self { entries: VecDeque::new(), last: EntryId::new(high, 0), groups: BTreeMap::new() }
    }
}

#[derive(Debug)]
struct Group {
    delivered: EntryId,
    pending: BTreeMap<EntryId, Held>,
}

#[derive(Debug)]
struct Held {
    consumer: String,
    since: Instant,
    deliveries: u32,
}

impl InProcessStreams {
    /// Without any stream yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With what the journal in `folder` says, and from now on written down there.
    ///
    /// # Errors
    /// The journal can't be read or written.
    pub fn in_folder(folder: &Path) -> Result<Self, NodeError> {
        let file = folder.join("journal.log");
        let mut table = Table::default();
        let mut replayed = HashMap::new();
        let opened = Journal::open(&file, |change| replay(&mut replayed, change)).and_then(|mut journal| {
            journal.rewrite(replayed.iter().flat_map(|(name, stream)| stream.changes(name)))?;
            Ok(journal)
        });
        table.journal = Some(opened.map_err(|error| failed(&file, &error))?);
        table.streams = replayed;
        Ok(Self { table: Arc::new(Mutex::new(table)), appended: Arc::default(), file: Some(file) })
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        // Every method leaves the table valid before anything in it could panic.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a change down before it is made.
    fn note(&self, table: &mut Table, change: impl FnOnce() -> Change) -> Result<(), NodeError> {
        let Table { streams, journal: Some(journal) } = table else { return Ok(()) };
        let file = self.file.as_deref().unwrap_or(Path::new("journal.log"));
        if journal.is_mostly_past() {
            let present = streams.iter().flat_map(|(name, stream)| stream.changes(name));
            journal.rewrite(present).map_err(|error| failed(file, &error))?;
        }
        journal.write(&change()).map_err(|error| failed(file, &error))
    }

    fn take_unread(&self, reader: &Reader, max: usize) -> Result<Vec<Entry>, NodeError> {
        let mut table = self.lock();
        let unknown = || unknown_group(&reader.stream, &reader.group);
        let stream = table.streams.get(&reader.stream).ok_or_else(unknown)?;
        let group = stream.groups.get(&reader.group).ok_or_else(unknown)?;
        let begin = stream.entries.partition_point(|(id, _)| *id <= group.delivered);
        let taken: Vec<Entry> = stream
            .entries
            .range(begin..)
            .take(max.min(BATCH_MAX))
            .map(|(id, payload)| Entry { id: *id, payload: payload.clone(), deliveries: 1 })
            .collect();
        let Some(last) = taken.last() else { return Ok(taken) };
        self.note(&mut table, || Change::Deliver {
            stream: reader.stream.clone(),
            group: reader.group.clone(),
            consumer: reader.consumer.clone(),
            upto: written(last.id),
        })?;
        if let Some(stream) = table.streams.get_mut(&reader.stream) {
            stream.deliver(&reader.group, &reader.consumer, last.id);
        }
        Ok(taken)
    }
}

fn failed(file: &Path, error: &io::Error) -> NodeError {
    NodeError::Failed { place: file.display().to_string(), reason: error.to_string() }
}

/// Makes a change that was written down.
fn replay(streams: &mut HashMap<String, Stream>, change: Change) {
    match change {
        Change::Append { stream, first, payloads } => {
            let stream = streams.entry(stream).or_insert_with(Stream::new);
            stream.append(id(first), payloads.into_iter().map(|Payload(payload)| payload));
        }
        Change::Join { stream, group, delivered } => {
            let new = Group { delivered: id(delivered), pending: BTreeMap::new() };
            streams.entry(stream).or_insert_with(Stream::new).groups.entry(group).or_insert(new);
        }
        Change::Deliver { stream, group, consumer, upto } => {
            if let Some(stream) = streams.get_mut(&stream) {
                stream.deliver(&group, &consumer, id(upto));
            }
        }
        Change::Skip { stream, group, upto } => {
            if let Some(group) = streams.get_mut(&stream).and_then(|stream| stream.groups.get_mut(&group)) {
                group.delivered = group.delivered.max(id(upto));
            }
        }
        Change::Ack { stream, group, ids } => {
            if let Some(group) = streams.get_mut(&stream).and_then(|stream| stream.groups.get_mut(&group)) {
                ids.into_iter().for_each(|acknowledged| {
                    group.pending.remove(&id(acknowledged));
                });
            }
        }
        Change::Trim { stream, count } => {
            if let Some(stream) = streams.get_mut(&stream) {
                stream.entries.drain(..count.min(stream.entries.len()));
            }
        }
        Change::Stream { stream, last } => {
            streams.entry(stream).or_insert_with(Stream::new).last = id(last);
        }
    }
}

impl Stream {
    fn append(&mut self, first: EntryId, payloads: impl Iterator<Item = Bytes>) {
        let mut next = first;
        for payload in payloads {
            self.entries.push_back((next, payload));
            self.last = next;
            next = next.next();
        }
    }

    /// Hands everything up to `upto` that a group has not handed out to one of its consumers.
    fn deliver(&mut self, group: &str, consumer: &str, upto: EntryId) {
        let Some(group) = self.groups.get_mut(group) else { return };
        let begin = self.entries.partition_point(|(id, _)| *id <= group.delivered);
        for (id, _) in self.entries.range(begin..).take_while(|(id, _)| *id <= upto) {
            let held = Held { consumer: consumer.to_owned(), since: Instant::now(), deliveries: 1 };
            group.pending.insert(*id, held);
        }
        group.delivered = group.delivered.max(upto);
    }

    /// The changes that make it as it is.
    fn changes<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Change> + 'a {
        let stream = name.to_owned();
        let entries = self.entries.iter().map(|(id, payload)| Change::Append {
            stream: name.to_owned(),
            first: written(*id),
            payloads: vec![Payload(payload.clone())],
        });
        let groups = self.groups.iter().flat_map(move |(group, state)| self.changes_of(name, group, state));
        // The newest id stands first and last: appending moves it, and all entries may be gone.
        let last = Change::Stream { stream, last: written(self.last) };
        [last.clone()].into_iter().chain(entries).chain([last]).chain(groups)
    }

    fn changes_of(&self, stream: &str, group: &str, state: &Group) -> Vec<Change> {
        let (stream, group) = (stream.to_owned(), group.to_owned());
        let before = state.pending.keys().next().map_or(state.delivered, |oldest| oldest.previous());
        let mut changes =
            vec![Change::Join { stream: stream.clone(), group: group.clone(), delivered: written(before) }];
        for (id, held) in &state.pending {
            let (stream, group, consumer) = (stream.clone(), group.clone(), held.consumer.clone());
            changes.push(Change::Deliver { stream, group, consumer, upto: written(*id) });
        }
        let settled = self
            .entries
            .iter()
            .map(|(id, _)| *id)
            .filter(|id| *id > before && *id <= state.delivered && !state.pending.contains_key(id));
        let ids: Vec<_> = settled.map(written).collect();
        let (last_stream, last_group) = (stream.clone(), group.clone());
        let upto = written(state.delivered);
        changes.push(Change::Deliver { stream, group, consumer: String::new(), upto });
        changes.push(Change::Ack { stream: last_stream, group: last_group, ids });
        changes
    }

    fn payload(&self, id: EntryId) -> Option<&Bytes> {
        let at = self.entries.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.entries.get(at).map(|(_, payload)| payload)
    }

    fn group(&mut self, name: &str, group: &str) -> Result<&mut Group, NodeError> {
        self.groups.get_mut(group).ok_or_else(|| unknown_group(name, group))
    }

    /// The newest entry that no group needs any more.
    fn settled(&self) -> EntryId {
        let settled_of = |group: &Group| match group.pending.first_key_value() {
            // The id before the oldest pending one: they differ in the second number alone.
            Some((oldest, _)) => EntryId::new(oldest.parts().0, oldest.parts().1.saturating_sub(1)),
            None => group.delivered,
        };
        self.groups.values().map(settled_of).min().unwrap_or(self.last)
    }
}

#[async_trait]
impl Node for InProcessStreams {
    fn driver(&self) -> &'static str {
        "in_process"
    }

    fn place(&self) -> String {
        let folder = self.file.as_deref().and_then(Path::parent);
        folder.map_or_else(
            || "this process".to_owned(),
            |folder| format!("this process and {}", folder.display()),
        )
    }

    async fn probe(&self) -> Result<(), NodeError> {
        let Some(file) = &self.file else { return Ok(()) };
        // A journal that was deleted under us takes everything to its end.
        tokio::fs::metadata(file).await.map(|_| ()).map_err(|error| failed(file, &error))
    }

    async fn close(&self) {
        if let (Some(journal), Some(file)) = (&self.lock().journal, &self.file)
            && let Err(error) = journal.sync()
        {
            tracing::error!(file = %file.display(), %error, "the streams' journal did not reach the disk");
        }
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        let table = self.lock();
        let table = &table.streams;
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let entries = table.values().map(|stream| stream.entries.len()).sum();
        vec![("streams", count(table.len())), ("entries", count(entries))]
    }
}

#[async_trait]
impl Streams for InProcessStreams {
    async fn append(&self, stream: &str, payloads: &[Bytes]) -> Result<Vec<EntryId>, NodeError> {
        check_append(stream, payloads)?;
        if payloads.is_empty() {
            return Ok(Vec::new());
        }
        let ids = {
            let mut table = self.lock();
            let known = table.streams.entry(stream.to_owned()).or_insert_with(Stream::new);
            if known.entries.len() + payloads.len() > STREAM_ENTRIES_MAX {
                let what = format!("stream {stream}");
                return Err(NodeError::Full { what, limit: STREAM_ENTRIES_MAX });
            }
            let first = known.last.next();
            self.note(&mut table, || Change::Append {
                stream: stream.to_owned(),
                first: written(first),
                payloads: payloads.iter().cloned().map(Payload).collect(),
            })?;
            if let Some(known) = table.streams.get_mut(stream) {
                known.append(first, payloads.iter().cloned());
            }
            std::iter::successors(Some(first), |id| Some(id.next())).take(payloads.len()).collect()
        };
        self.appended.notify_waiters();
        Ok(ids)
    }

    async fn join(&self, stream: &str, group: &str, start: Start) -> Result<(), NodeError> {
        check_name("stream", stream)?;
        check_name("group", group)?;
        let mut table = self.lock();
        let known = table.streams.entry(stream.to_owned()).or_insert_with(Stream::new);
        if known.groups.contains_key(group) {
            return Ok(());
        }
        let delivered = match start {
            Start::Beginning => EntryId::ZERO,
            Start::Now => known.last,
            Start::After(id) => id,
        };
        let change = Change::Join {
            stream: stream.to_owned(),
            group: group.to_owned(),
            delivered: written(delivered),
        };
        self.note(&mut table, || change.clone())?;
        replay(&mut table.streams, change);
        Ok(())
    }

    async fn read(&self, reader: &Reader, max: usize, wait: Duration) -> Result<Vec<Entry>, NodeError> {
        check_reader(reader)?;
        let until = Instant::now() + wait;
        loop {
            // Listening begins before looking, so that nothing is appended unnoticed in between.
            let mut appended = std::pin::pin!(self.appended.notified());
            appended.as_mut().enable();
            let taken = self.take_unread(reader, max)?;
            if !taken.is_empty() || timeout_at(until, appended).await.is_err() {
                return Ok(taken);
            }
        }
    }

    async fn ack(&self, stream: &str, group: &str, ids: &[EntryId]) -> Result<usize, NodeError> {
        let mut table = self.lock();
        let Some(known) = table.streams.get(stream).and_then(|stream| stream.groups.get(group)) else {
            return Ok(0);
        };
        let pending: Vec<_> =
            ids.iter().filter(|id| known.pending.contains_key(id)).copied().map(written).collect();
        if pending.is_empty() {
            return Ok(0);
        }
        let count = pending.len();
        let change = Change::Ack { stream: stream.to_owned(), group: group.to_owned(), ids: pending };
        self.note(&mut table, || change.clone())?;
        replay(&mut table.streams, change);
        Ok(count)
    }

    async fn settle(&self, stream: &str, group: &str, upto: EntryId) -> Result<(), NodeError> {
        let mut table = self.lock();
        let known = table.streams.get(stream).and_then(|known| known.groups.get(group));
        let known = known.ok_or_else(|| unknown_group(stream, group))?;
        let mut changes = Vec::new();
        let (stream, group) = (stream.to_owned(), group.to_owned());
        let ids: Vec<_> = known.pending.range(..=upto).map(|(id, _)| written(*id)).collect();
        if known.delivered < upto {
            changes.push(Change::Skip { stream: stream.clone(), group: group.clone(), upto: written(upto) });
        }
        if !ids.is_empty() {
            changes.push(Change::Ack { stream, group, ids });
        }
        for change in changes {
            self.note(&mut table, || change.clone())?;
            replay(&mut table.streams, change);
        }
        Ok(())
    }

    async fn claim(&self, reader: &Reader, idle: Duration, max: usize) -> Result<Vec<Entry>, NodeError> {
        check_reader(reader)?;
        let mut table = self.lock();
        let stream = table.streams.get_mut(&reader.stream);
        let stream = stream.ok_or_else(|| unknown_group(&reader.stream, &reader.group))?;
        let now = Instant::now();
        let group = stream.group(&reader.stream, &reader.group)?;
        let mut claimed = Vec::new();
        for (id, held) in &mut group.pending {
            if claimed.len() == max.min(BATCH_MAX) {
                break;
            }
            if now.saturating_duration_since(held.since) >= idle {
                reader.consumer.clone_into(&mut held.consumer);
                held.since = now;
                held.deliveries = held.deliveries.saturating_add(1);
                claimed.push((*id, held.deliveries));
            }
        }
        let entry = |(id, deliveries)| {
            stream.payload(id).map(|payload| Entry { id, payload: payload.clone(), deliveries })
        };
        Ok(claimed.into_iter().filter_map(entry).collect())
    }

    async fn pending(
        &self,
        stream: &str,
        group: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<Pending>, NodeError> {
        let mut table = self.lock();
        let known = table.streams.get_mut(stream).ok_or_else(|| unknown_group(stream, group))?;
        let (now, group) = (Instant::now(), known.group(stream, group)?);
        let held = group.pending.range(after.next()..).take(max.min(BATCH_MAX));
        Ok(held
            .map(|(id, held)| Pending {
                id: *id,
                consumer: held.consumer.clone(),
                idle: now.saturating_duration_since(held.since),
                deliveries: held.deliveries,
            })
            .collect())
    }

    async fn range(
        &self,
        stream: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<(EntryId, Bytes)>, NodeError> {
        check_name("stream", stream)?;
        let table = self.lock();
        let Some(stream) = table.streams.get(stream) else { return Ok(Vec::new()) };
        let begin = stream.entries.partition_point(|(id, _)| *id <= after);
        Ok(stream.entries.range(begin..).take(max.min(BATCH_MAX)).cloned().collect())
    }

    async fn newest(&self, stream: &str, max: usize) -> Result<Vec<(EntryId, Bytes)>, NodeError> {
        check_name("stream", stream)?;
        let table = self.lock();
        let entries = table.streams.get(stream).into_iter().flat_map(|stream| stream.entries.iter().rev());
        Ok(entries.take(max.min(BATCH_MAX)).cloned().collect())
    }

    async fn trim(&self, stream: &str, keep: usize) -> Result<usize, NodeError> {
        let mut table = self.lock();
        let Some(known) = table.streams.get(stream) else { return Ok(0) };
        let settled = known.settled();
        let removable = known.entries.partition_point(|(id, _)| *id <= settled);
        let count = removable.min(known.entries.len().saturating_sub(keep));
        if count > 0 {
            let change = Change::Trim { stream: stream.to_owned(), count };
            self.note(&mut table, || change.clone())?;
            replay(&mut table.streams, change);
        }
        Ok(count)
    }

    async fn status(&self, stream: &str) -> Result<StreamStatus, NodeError> {
        check_name("stream", stream)?;
        let table = self.lock();
        let Some(stream) = table.streams.get(stream) else { return Ok(StreamStatus::default()) };
        let status = |(name, group): (&String, &Group)| GroupStatus {
            name: name.clone(),
            delivered: group.delivered,
            pending: group.pending.len(),
            unread: stream.entries.len() - stream.entries.partition_point(|(id, _)| *id <= group.delivered),
        };
        let groups = stream.groups.iter().map(status).collect();
        let last = stream.entries.back().map_or(EntryId::ZERO, |(id, _)| *id);
        Ok(StreamStatus { length: stream.entries.len(), last, groups })
    }

    async fn names(&self) -> Result<Vec<String>, NodeError> {
        let mut names: Vec<String> = self.lock().streams.keys().cloned().collect();
        names.sort_unstable();
        Ok(names)
    }
}
