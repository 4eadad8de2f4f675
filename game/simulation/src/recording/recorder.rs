//! A recording while it grows.

use std::{collections::VecDeque, sync::Arc};

use super::Checkpoint;
use crate::{Command, SimulationSettings, TICK_HZ};

/// Ticks between two hashes of the state: a second.
pub(super) const HASH_TICKS: u64 = TICK_HZ as u64;
const MINUTE_TICKS: u64 = 60 * TICK_HZ as u64;
const MIB: usize = 1024 * 1024;
/// What a cell's terrain takes up, about; it is shared with the region while that has it.
const CHUNK_BYTES: usize = 32 * 1024;
/// What the character of who enters takes up, about.
const CHARACTER_BYTES: usize = 8 * 1024;

/// How much a recording holds at least; what is older goes when twice as much is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingLimits {
    /// Ticks.
    pub ticks: u64,
    /// Memory that its commands take up, about: where they are more, it holds less time than that.
    pub bytes: usize,
}

impl RecordingLimits {
    /// So many minutes, as far as they fit into so much memory.
    #[must_use]
    pub const fn minutes(minutes: u32, mib: u32) -> Self {
        // Both halves of a recording have to fit.
        Self { ticks: minutes as u64 * MINUTE_TICKS, bytes: mib as usize * MIB / 2 }
    }

    /// The same as minutes and MiB, of limits that were given so.
    #[must_use]
    pub const fn in_minutes(self) -> (u32, u32) {
        ((self.ticks / MINUTE_TICKS) as u32, (self.bytes / (MIB / 2)) as u32)
    }
}

/// The commands of one tick.
#[derive(Clone, Debug)]
pub struct RecordedTick {
    /// The number of the tick.
    pub tick: u64,
    /// In the order in which they were handed in.
    pub commands: Vec<Command>,
}

/// What a region was told, and what became of it. Its parts are shared, so a copy costs little.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What the region was started with.
    pub settings: SimulationSettings,
    /// The state with which it begins; none, if it begins with the region.
    pub(crate) start: Option<Arc<Checkpoint>>,
    /// Ticks in which something was told, in order.
    pub ticks: VecDeque<Arc<RecordedTick>>,
    /// Ticks and the hashes of the states after them, in order.
    pub hashes: VecDeque<(u64, blake3::Hash)>,
    /// The last tick that passed.
    pub until: u64,
}

impl Recording {
    /// Nothing yet.
    #[must_use]
    pub const fn new(settings: SimulationSettings) -> Self {
        Self { settings, start: None, ticks: VecDeque::new(), hashes: VecDeque::new(), until: 0 }
    }

    /// The tick after which it begins; 0, if it begins with the region.
    #[must_use]
    pub fn begins_after(&self) -> u64 {
        self.start.as_ref().map_or(0, |start| start.tick())
    }
}

/// Keeps a recording within its limits: in two halves, of which the elder goes when the younger is full.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) recording: Recording,
    pub(crate) limits: RecordingLimits,
    /// Where the younger half begins.
    middle: Option<Arc<Checkpoint>>,
    /// Memory of the younger half's commands.
    bytes: usize,
}

impl Recorder {
    pub(crate) const fn new(settings: SimulationSettings, limits: RecordingLimits) -> Self {
        Self { recording: Recording::new(settings), limits, middle: None, bytes: 0 }
    }

    /// Notes a command of a tick that is about to pass.
    pub(crate) fn note(&mut self, tick: u64, command: &Command) {
        self.bytes += weight(command);
        if let Some(last) = self.recording.ticks.back_mut().filter(|last| last.tick == tick) {
            // Nobody else has a tick that has not passed yet.
            Arc::make_mut(last).commands.push(command.clone());
        } else {
            let commands = vec![command.clone()];
            self.recording.ticks.push_back(Arc::new(RecordedTick { tick, commands }));
        }
    }

    /// A tick has passed.
    pub(crate) fn pass(
        &mut self,
        tick: u64,
        hash: impl FnOnce() -> blake3::Hash,
        state: impl FnOnce() -> Checkpoint,
    ) {
        self.recording.until = tick;
        if tick.is_multiple_of(HASH_TICKS) {
            self.recording.hashes.push_back((tick, hash()));
        }
        let since = self.middle.as_ref().map_or(0, |middle| middle.tick());
        if tick - since < self.limits.ticks.max(1) && self.bytes < self.limits.bytes {
            return;
        }
        if let Some(middle) = self.middle.replace(Arc::new(state())) {
            let forgotten = middle.tick();
            let recording = &mut self.recording;
            recording.start = Some(middle);
            let ticks = recording.ticks.iter().take_while(|recorded| recorded.tick <= forgotten).count();
            recording.ticks.drain(..ticks);
            let hashes = recording.hashes.iter().take_while(|(of, _)| *of <= forgotten).count();
            recording.hashes.drain(..hashes);
        }
        self.bytes = 0;
    }
}

/// The memory that a command takes up, about.
fn weight(command: &Command) -> usize {
    let held = match command {
        Command::TerrainReady { .. } => CHUNK_BYTES,
        Command::PlayerJoin(_) | Command::PlayerSheet { .. } => CHARACTER_BYTES,
        Command::Order { order: crate::Order::Cast { aim, .. } | crate::Order::Use { aim, .. }, .. } => {
            size_of_val(&*aim.targets)
        }
        _ => 0,
    };
    size_of::<Command>() + held
}
