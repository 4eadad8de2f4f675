//! A recording while it grows.

use std::{collections::VecDeque, sync::Arc};

use super::Checkpoint;
use crate::{Command, SimulationSettings, TICK_HZ};

/// Ticks between two hashes of the state: a second.
const HASH_TICKS: u64 = TICK_HZ as u64;

/// How much a recording holds at least; what is older goes when twice as much is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingLimits {
    /// Ticks.
    pub ticks: u64,
    /// Commands: with this many, less time than that.
    pub commands: usize,
}

impl RecordingLimits {
    /// So many minutes, with room for a hundred people who send twenty moves a second.
    #[must_use]
    pub const fn minutes(minutes: u32) -> Self {
        Self { ticks: minutes as u64 * 60 * TICK_HZ as u64, commands: minutes as usize * 60 * 2_000 }
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

/// What a region was told, and what became of it.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What the region was started with.
    pub settings: SimulationSettings,
    /// The state with which it begins; none, if it begins with the region.
    pub(crate) start: Option<Arc<Checkpoint>>,
    /// Ticks in which something was told, in order.
    pub ticks: VecDeque<RecordedTick>,
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
    limits: RecordingLimits,
    /// Where the younger half begins.
    middle: Option<Arc<Checkpoint>>,
    /// Of the younger half.
    commands: usize,
}

impl Recorder {
    pub(crate) const fn new(settings: SimulationSettings, limits: RecordingLimits) -> Self {
        Self { recording: Recording::new(settings), limits, middle: None, commands: 0 }
    }

    /// Notes a command of a tick that is about to pass.
    pub(crate) fn note(&mut self, tick: u64, command: &Command) {
        self.commands += 1;
        match self.recording.ticks.back_mut().filter(|last| last.tick == tick) {
            Some(last) => last.commands.push(command.clone()),
            None => self.recording.ticks.push_back(RecordedTick { tick, commands: vec![command.clone()] }),
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
        if tick - since < self.limits.ticks.max(1) && self.commands < self.limits.commands {
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
        self.commands = 0;
    }
}
