//! A recording as bytes.
//!
//! `"RKREC"`, the version, then entries: the length of each (u32, little-endian) and itself as MessagePack. The first entry holds
//! the settings; the second the state with which the recording begins, unless it begins with its region. A hash follows at least once
//! a second, so no entry is farther than that from the one before. A file that was cut off is good up to its last whole entry, for it may be all that a crash has left.

use std::{
    io::{self, Write},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Checkpoint, RecordedTick, Recording, recorder::HASH_TICKS};
use crate::{Command, SimulationSettings};

const MAGIC: [u8; 5] = *b"RKREC";
/// The version that is written, and the only one that is read: a recording is a matter of hours, not of years.
pub const VERSION: u8 = 2;
/// A thousand years of ticks: far from where sums of ticks end.
const TICKS_MAX: u64 = 1 << 41;
/// The longest entry: the state of a region that is full, with all of its terrain.
const ENTRY_MAX: usize = 512 * 1024 * 1024;

/// Why bytes are no recording.
#[derive(Debug, thiserror::Error)]
pub enum NotARecording {
    /// The first bytes are something else's.
    #[error("this is not a recording of a region")]
    Foreign,
    /// Of another time.
    #[error("a recording of version {0}, readable is {VERSION}")]
    OtherVersion(u8),
    /// Not even the settings are there.
    #[error("the recording was cut off before it began")]
    Empty,
    /// An entry can't be read.
    #[error("the recording is damaged after tick {after_tick}")]
    Damaged {
        /// The last tick that could be read.
        after_tick: u64,
        /// What is wrong with it.
        source: Option<rmp_serde::decode::Error>,
    },
}

#[derive(Serialize)]
enum EntryOut<'a> {
    Begin(&'a SimulationSettings),
    Start(&'a Checkpoint),
    Tick(u64, &'a [Command]),
    Hash(u64, [u8; 32]),
    Until(u64),
}

#[derive(Deserialize)]
enum Entry {
    Begin(SimulationSettings),
    Start(Box<Checkpoint>),
    Tick(u64, Vec<Command>),
    Hash(u64, [u8; 32]),
    Until(u64),
}

/// Writes a recording while it happens, for whoever wants more than memory holds.
#[derive(Debug)]
pub struct RecordingWriter<W> {
    out: W,
}

impl<W: Write> RecordingWriter<W> {
    /// Begins with a region that was made with these settings, before its first tick.
    ///
    /// # Errors
    /// What the writer says, here and below.
    pub fn begin(mut out: W, settings: &SimulationSettings) -> io::Result<Self> {
        out.write_all(&MAGIC)?;
        out.write_all(&[VERSION])?;
        let mut writer = Self { out };
        writer.put(&EntryOut::Begin(settings))?;
        Ok(writer)
    }

    /// The commands of a tick, if there are any.
    pub fn tick(&mut self, tick: u64, commands: &[Command]) -> io::Result<()> {
        if commands.is_empty() { Ok(()) } else { self.put(&EntryOut::Tick(tick, commands)) }
    }

    /// The hash of the state after a tick. It comes after that tick's commands.
    pub fn hash(&mut self, tick: u64, hash: blake3::Hash) -> io::Result<()> {
        self.put(&EntryOut::Hash(tick, *hash.as_bytes()))
    }

    /// The last tick that passed.
    pub fn end(mut self, tick: u64) -> io::Result<()> {
        self.put(&EntryOut::Until(tick))?;
        self.out.flush()
    }

    fn put(&mut self, entry: &EntryOut<'_>) -> io::Result<()> {
        let bytes = rmp_serde::to_vec_named(entry).map_err(io::Error::other)?;
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length as usize <= ENTRY_MAX);
        let length = length.ok_or_else(|| io::Error::other("more than one tick can hold"))?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(&bytes)
    }
}

impl Recording {
    /// Writes it.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        let mut writer = RecordingWriter::begin(out, &self.settings)?;
        if let Some(start) = &self.start {
            writer.put(&EntryOut::Start(start))?;
        }
        let mut hashes = self.hashes.iter().peekable();
        for recorded in &self.ticks {
            while let Some((tick, hash)) = hashes.next_if(|(tick, _)| *tick < recorded.tick) {
                writer.hash(*tick, *hash)?;
            }
            writer.tick(recorded.tick, &recorded.commands)?;
        }
        for (tick, hash) in hashes {
            writer.hash(*tick, *hash)?;
        }
        writer.end(self.until)
    }

    /// Reads one back. Takes any bytes.
    ///
    /// # Errors
    /// They are no recording, or of another version, or damaged in the middle. Bytes that merely end too soon are a shorter recording.
    pub fn read(bytes: &[u8]) -> Result<Self, NotARecording> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(NotARecording::Foreign)?;
        let (version, mut rest) = rest.split_first().ok_or(NotARecording::Foreign)?;
        if *version != VERSION {
            return Err(NotARecording::OtherVersion(*version));
        }
        let mut recording: Option<Self> = None;
        while let Some((entry, left)) = split_entry(rest) {
            rest = left;
            let after_tick = recording.as_ref().map_or(0, |recording| recording.until);
            let damaged = |source| NotARecording::Damaged { after_tick, source };
            let entry: Entry = rmp_serde::from_slice(entry).map_err(|error| damaged(Some(error)))?;
            match (entry, &mut recording) {
                (Entry::Begin(settings), None) => recording = Some(Self::new(settings)),
                (Entry::Start(start), Some(own))
                    if own.until == 0 && own.start.is_none() && start.tick() <= TICKS_MAX =>
                {
                    own.until = start.tick();
                    own.start = Some(start.into());
                }
                (Entry::Tick(tick, commands), Some(own)) if tick > own.last_told() && own.is_next(tick) => {
                    own.ticks.push_back(Arc::new(RecordedTick { tick, commands }));
                    own.until = tick;
                }
                (Entry::Hash(tick, hash), Some(own)) if own.is_next(tick) => {
                    own.hashes.push_back((tick, blake3::Hash::from_bytes(hash)));
                    own.until = tick;
                }
                (Entry::Until(tick), Some(own)) if own.is_next(tick) => own.until = tick,
                _ => return Err(damaged(None)),
            }
        }
        recording.ok_or(NotARecording::Empty)
    }

    /// The last tick of which there can be no more commands.
    fn last_told(&self) -> u64 {
        self.ticks.back().map_or_else(|| self.begins_after(), |recorded| recorded.tick)
    }

    /// Whether an entry of this tick may come now. What is farther away would make a replay of a few bytes last for ever.
    fn is_next(&self, tick: u64) -> bool {
        tick.checked_sub(self.until).is_some_and(|ticks| ticks <= HASH_TICKS)
    }
}

/// The next whole entry, and what follows it.
fn split_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    (length <= ENTRY_MAX).then(|| rest.split_at_checked(length)).flatten()
}
