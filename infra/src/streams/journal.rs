//! The journal of the embedded streams: every change, one after the other, in a file.
//!
//! A change is with the system before its call returns, so it survives the end of the process, however that comes. The
//! disk has it after [`SYNC_EVERY`]. A record that was cut by a crash ends the journal: nothing after it was promised.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

use super::EntryId;

/// How long the disk may be behind.
const SYNC_EVERY: Duration = Duration::from_millis(100);
/// The largest record: a whole batch of the largest entries would be refused before.
const RECORD_BYTES_MAX: usize = 1 << 30;
/// Length and checksum before each record.
const HEAD_BYTES: usize = 12;

/// A change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Change {
    /// Entries came, the first one with this id.
    Append { stream: String, first: (u64, u64), payloads: Vec<Payload> },
    /// A group came, which has handed out everything up to this id.
    Join { stream: String, group: String, delivered: (u64, u64) },
    /// A consumer got everything up to this id.
    Deliver { stream: String, group: String, consumer: String, upto: (u64, u64) },
    /// A group has no use for anything up to this id.
    Skip { stream: String, group: String, upto: (u64, u64) },
    /// Entries were settled.
    Ack { stream: String, group: String, ids: Vec<(u64, u64)> },
    /// So many of the oldest entries went.
    Trim { stream: String, count: usize },
    /// A stream is there, and the newest id that it gave out.
    Stream { stream: String, last: (u64, u64) },
}

/// An entry's bytes, written as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Payload(pub(super) Bytes);

impl Serialize for Payload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsBytes;
        impl Visitor<'_> for AsBytes {
            type Value = Payload;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Payload, E> {
                Ok(Payload(Bytes::copy_from_slice(bytes)))
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Payload, E> {
                Ok(Payload(bytes.into()))
            }
        }
        deserializer.deserialize_byte_buf(AsBytes)
    }
}

/// An id as it is written.
pub(super) const fn written(id: EntryId) -> (u64, u64) {
    id.parts()
}

/// An id as it was written.
pub(super) const fn id((high, low): (u64, u64)) -> EntryId {
    EntryId::new(high, low)
}

/// The file.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    bytes: u64,
    /// How large it was when it held nothing but what is there.
    bytes_when_rewritten: u64,
    synced: Instant,
}

impl Journal {
    /// Opens the file, makes it if it is missing, and hands each change in it to `replay`.
    pub(super) fn open(path: &Path, mut replay: impl FnMut(Change)) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut reader = io::BufReader::new(&mut file);
        let mut bytes = 0_u64;
        while let Some(record) = read_record(&mut reader)? {
            let Ok(change) = rmp_serde::from_slice(&record) else { break };
            replay(change);
            bytes += (HEAD_BYTES + record.len()) as u64;
        }
        file.set_len(bytes)?;
        file.seek(SeekFrom::Start(bytes))?;
        let path = path.to_owned();
        Ok(Self { path, file, bytes, bytes_when_rewritten: 0, synced: Instant::now() })
    }

    /// Writes a change down.
    pub(super) fn write(&mut self, change: &Change) -> io::Result<()> {
        let record = encode(change)?;
        if let Err(error) = self.file.write_all(&record) {
            // Half a record would hide what comes after it.
            let _ = self.file.set_len(self.bytes).and_then(|()| self.file.seek(SeekFrom::Start(self.bytes)));
            return Err(error);
        }
        self.bytes += record.len() as u64;
        if self.synced.elapsed() > SYNC_EVERY {
            self.synced = Instant::now();
            let file = self.file.try_clone()?;
            // The disk takes its time; nobody waits for it.
            std::thread::spawn(move || file.sync_data());
        }
        Ok(())
    }

    /// Whether most of it speaks of what is gone.
    pub(super) fn is_mostly_past(&self) -> bool {
        const WORTHWHILE_BYTES: u64 = 16 * 1024 * 1024;
        self.bytes > WORTHWHILE_BYTES && self.bytes > 4 * self.bytes_when_rewritten
    }

    /// Puts a journal in its place that says nothing but these changes.
    pub(super) fn rewrite(&mut self, changes: impl Iterator<Item = Change>) -> io::Result<()> {
        let beside = self.path.with_extension("new");
        let mut file = File::create(&beside)?;
        let mut bytes = 0;
        {
            let mut writer = io::BufWriter::new(&mut file);
            for change in changes {
                let record = encode(&change)?;
                writer.write_all(&record)?;
                bytes += record.len() as u64;
            }
            writer.flush()?;
        }
        file.sync_data()?;
        std::fs::rename(&beside, &self.path)?;
        (self.file, self.bytes, self.bytes_when_rewritten) = (file, bytes, bytes);
        Ok(())
    }

    /// Waits until the disk has all of it.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

fn encode(change: &Change) -> io::Result<Vec<u8>> {
    let body = rmp_serde::to_vec(change).map_err(io::Error::other)?;
    if body.len() > RECORD_BYTES_MAX {
        return Err(io::Error::other(format!("a record of {} bytes", body.len())));
    }
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut record = Vec::with_capacity(HEAD_BYTES + body.len());
    record.extend_from_slice(&length.to_le_bytes());
    record.extend_from_slice(&checksum(&body));
    record.extend_from_slice(&body);
    Ok(record)
}

/// The next record; none at the end, and none where a crash has cut it.
fn read_record(reader: &mut impl io::Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; HEAD_BYTES];
    if !fill(reader, &mut head)? {
        return Ok(None);
    }
    let (length, expected) = head.split_at(4);
    let length = u32::from_le_bytes(length.try_into().unwrap_or_default()) as usize;
    if length > RECORD_BYTES_MAX {
        return Ok(None);
    }
    // Not taken from the head alone: what is not there is not reserved.
    let mut body = Vec::new();
    reader.take(length as u64).read_to_end(&mut body)?;
    Ok((body.len() == length && checksum(&body) == expected).then_some(body))
}

fn fill(reader: &mut impl io::Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn checksum(body: &[u8]) -> [u8; 8] {
    let mut sum = [0; 8];
    sum.copy_from_slice(&blake3::hash(body).as_bytes()[..8]);
    sum
}

#[cfg(test)]
mod tests {
    use proptest::proptest;

    use super::*;

    fn append(number: u64) -> Change {
        let payloads = vec![Payload(Bytes::from(number.to_string()))];
        Change::Append { stream: "s".to_owned(), first: (1, number), payloads }
    }

    fn read(path: &Path) -> Vec<Change> {
        let mut changes = Vec::new();
        Journal::open(path, |change| changes.push(change)).expect("opens");
        changes
    }

    #[test]
    fn what_was_written_is_read_again_and_a_cut_record_ends_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("streams/journal.log");
        let mut journal = Journal::open(&path, |_| panic!("is new")).expect("opens");
        for number in 0..10 {
            journal.write(&append(number)).expect("writes");
        }
        drop(journal);
        assert_eq!(read(&path), (0..10).map(append).collect::<Vec<_>>());
        let whole = std::fs::read(&path).expect("reads");
        std::fs::write(&path, &whole[..whole.len() - 3]).expect("cuts");
        let mut journal = Journal::open(&path, |_| {}).expect("opens");
        journal.write(&append(77)).expect("writes after the cut");
        drop(journal);
        let expected: Vec<Change> = (0..9).chain([77]).map(append).collect();
        assert_eq!(read(&path), expected);
        let mut journal = Journal::open(&path, |_| {}).expect("opens");
        journal.rewrite([append(1)].into_iter()).expect("rewrites");
        journal.write(&append(2)).expect("writes");
        journal.sync().expect("reaches the disk");
        assert_eq!(read(&path), [append(1), append(2)]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("journal.log");
            std::fs::write(&path, bytes).expect("writes");
            Journal::open(&path, |_| {}).expect("opens");
        }
    }
}
