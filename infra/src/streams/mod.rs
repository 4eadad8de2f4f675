//! Streams: durable, ordered entries that groups of consumers share among themselves.
//!
//! An entry stays until every group has acknowledged it; so what carries value goes here, never over the bare bus.
//! Delivery is *at least once*: a consumer that dies keeps its entries pending until another one claims them.
//! Acknowledge only after the commit that an entry caused, and recognise a second delivery by an id in the payload.
//!
//! An [`EntryId`] belongs to the driver that gave it out. It orders entries within one stream and says nothing else;
//! keep no id beyond the life of a read.

use std::{fmt, str::FromStr, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;

pub mod in_process;
mod journal;
pub mod redis;

use crate::node::{
    Node, NodeError,
    limits::{check_name, check_size},
};

/// The largest payload of an entry, in bytes.
pub const ENTRY_BYTES_MAX: usize = 1024 * 1024;
/// Entries that one call may append, read or claim.
pub const BATCH_MAX: usize = 1_000;
/// Entries that a stream holds. Nobody takes out as slowly as that, unless nobody takes out at all.
pub const STREAM_ENTRIES_MAX: usize = 1_000_000;

/// A shared handle on whichever driver the configuration chose.
pub type SharedStreams = Arc<dyn Streams>;

/// Durable streams with consumer groups.
#[async_trait]
pub trait Streams: Node {
    /// Adds entries at the end, in order and together, and says which ids they got.
    ///
    /// # Errors
    /// A name or payload breaks a limit, the stream is full, or the driver failed: then nothing was promised, and
    /// the entries may or may not be there.
    async fn append(&self, stream: &str, payloads: &[Bytes]) -> Result<Vec<EntryId>, NodeError>;

    /// Makes sure that `group` reads `stream`; a group that is there already stays where it is.
    ///
    /// # Errors
    /// A name breaks a limit, or the driver failed.
    async fn join(&self, stream: &str, group: &str, start: Start) -> Result<(), NodeError>;

    /// Up to `max` entries that the group has not handed out yet, waiting up to `wait` for the first one. They are
    /// pending for this consumer until acknowledged.
    ///
    /// # Errors
    /// The group has not [joined](Self::join) the stream, or the driver failed.
    async fn read(&self, reader: &Reader, max: usize, wait: Duration) -> Result<Vec<Entry>, NodeError>;

    /// Ends the pending state of entries; returns how many were pending.
    ///
    /// # Errors
    /// The driver failed: then the entries will be delivered again.
    async fn ack(&self, stream: &str, group: &str, ids: &[EntryId]) -> Result<usize, NodeError>;

    /// Settles everything up to `upto`, as if the group had read and acknowledged it.
    ///
    /// # Errors
    /// The group has not joined the stream, or the driver failed.
    async fn settle(&self, stream: &str, group: &str, upto: EntryId) -> Result<(), NodeError>;

    /// Takes over up to `max` entries that have been pending for at least `idle`, oldest first, whoever held them.
    ///
    /// # Errors
    /// The group has not joined the stream, or the driver failed.
    async fn claim(&self, reader: &Reader, idle: Duration, max: usize) -> Result<Vec<Entry>, NodeError>;

    /// The group's entries that were handed out and not acknowledged, oldest first, after `after`.
    ///
    /// # Errors
    /// The group has not joined the stream, or the driver failed.
    async fn pending(
        &self,
        stream: &str,
        group: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<Pending>, NodeError>;

    /// Up to `max` entries after `after`, as they lie in the stream, whoever has read them.
    ///
    /// # Errors
    /// A name breaks a limit, or the driver failed.
    async fn range(
        &self,
        stream: &str,
        after: EntryId,
        max: usize,
    ) -> Result<Vec<(EntryId, Bytes)>, NodeError>;

    /// The newest entries, up to `max`, the newest first, whoever has read them.
    ///
    /// # Errors
    /// A name breaks a limit, or the driver failed.
    async fn newest(&self, stream: &str, max: usize) -> Result<Vec<(EntryId, Bytes)>, NodeError>;

    /// Removes the oldest entries beyond the newest `keep`, except those that a group has still to read or to
    /// acknowledge; returns how many.
    ///
    /// # Errors
    /// The driver failed.
    async fn trim(&self, stream: &str, keep: usize) -> Result<usize, NodeError>;

    /// What there is to know about a stream; an unknown one is empty.
    ///
    /// # Errors
    /// The driver failed.
    async fn status(&self, stream: &str) -> Result<StreamStatus, NodeError>;

    /// Whether other processes read and append here, too.
    fn is_shared(&self) -> bool {
        false
    }

    /// The names of all streams.
    ///
    /// # Errors
    /// The driver failed.
    async fn names(&self) -> Result<Vec<String>, NodeError>;
}

/// An entry's place in its stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(u64, u64);

impl EntryId {
    /// Before every entry.
    pub const ZERO: Self = Self(0, 0);

    /// An id of two numbers, the more significant one first.
    #[must_use]
    pub const fn new(high: u64, low: u64) -> Self {
        Self(high, low)
    }

    /// The two numbers.
    #[must_use]
    pub const fn parts(self) -> (u64, u64) {
        (self.0, self.1)
    }

    /// The smallest id after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self.1.checked_add(1) {
            Some(low) => Self(self.0, low),
            None => Self(self.0.saturating_add(1), 0),
        }
    }

    /// The greatest id before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        match self.1.checked_sub(1) {
            Some(low) => Self(self.0, low),
            None if self.0 == 0 => Self::ZERO,
            None => Self(self.0 - 1, u64::MAX),
        }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.1)
    }
}

/// The text is not two numbers with a dash between.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an entry's id, such as 1700000000000-0")]
pub struct InvalidEntryId(String);

impl FromStr for EntryId {
    type Err = InvalidEntryId;

    fn from_str(text: &str) -> Result<Self, InvalidEntryId> {
        let invalid = || InvalidEntryId(text.chars().take(64).collect());
        let (high, low) = text.split_once('-').ok_or_else(invalid)?;
        match (high.parse(), low.parse()) {
            (Ok(high), Ok(low)) => Ok(Self(high, low)),
            _ => Err(invalid()),
        }
    }
}

/// Where a new group begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With the oldest entry that there is.
    Beginning,
    /// With the next entry that is appended.
    Now,
    /// With the first entry after this one.
    After(EntryId),
}

/// Who reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reader {
    /// The stream.
    pub stream: String,
    /// The group that shares its entries.
    pub group: String,
    /// The one of the group, unique within it and the same for as long as it lives.
    pub consumer: String,
}

/// An entry as a consumer gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What to acknowledge.
    pub id: EntryId,
    /// What was appended.
    pub payload: Bytes,
    /// How often it was handed out, this time included.
    pub deliveries: u32,
}

/// An entry that was handed out and not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The entry.
    pub id: EntryId,
    /// Who holds it.
    pub consumer: String,
    /// How long it has held it.
    pub idle: Duration,
    /// How often the entry was handed out.
    pub deliveries: u32,
}

/// What there is to know about a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamStatus {
    /// Entries in it.
    pub length: usize,
    /// The newest entry's id.
    pub last: EntryId,
    /// Its groups, by name.
    pub groups: Vec<GroupStatus>,
}

/// What there is to know about a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupStatus {
    /// Its name.
    pub name: String,
    /// The newest entry that it has handed out.
    pub delivered: EntryId,
    /// Entries that it has handed out and that were not acknowledged.
    pub pending: usize,
    /// Entries that it has not handed out.
    pub unread: usize,
}

fn check_append(stream: &str, payloads: &[Bytes]) -> Result<(), NodeError> {
    check_name("stream", stream)?;
    check_size("a batch for a stream", payloads.len(), BATCH_MAX)?;
    payloads.iter().try_for_each(|payload| check_size("an entry of a stream", payload.len(), ENTRY_BYTES_MAX))
}

fn check_reader(reader: &Reader) -> Result<(), NodeError> {
    check_name("stream", &reader.stream)?;
    check_name("group", &reader.group)?;
    check_name("consumer", &reader.consumer)
}

fn unknown_group(stream: &str, group: &str) -> NodeError {
    NodeError::Unknown { what: "group of the stream", name: format!("{stream}/{group}") }
}
