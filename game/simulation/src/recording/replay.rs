//! Living a recording again.

use super::Recording;
use crate::Simulation;

/// What became of a recording that was lived again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// Every state that has a hash was the same.
    Same {
        /// Ticks that passed.
        ticks: u64,
        /// Hashes that were compared.
        compared: usize,
    },
    /// It went another way.
    Differs {
        /// The first tick whose state has another hash.
        at: u64,
        /// The last tick before it whose state was the same; where the recording begins, if there is none.
        same_until: u64,
    },
}

/// Lives a recording again from its beginning, and compares.
#[must_use]
pub fn replay(recording: &Recording) -> Replay {
    let mut simulation = Simulation::at_start_of(recording);
    let begin = recording.begins_after();
    let mut ticks = recording.ticks.iter().peekable();
    let mut hashes = recording.hashes.iter().peekable();
    let (mut compared, mut same_until) = (0, begin);
    for tick in begin + 1..=recording.until {
        let told = ticks.next_if(|recorded| recorded.tick == tick);
        simulation.tick(told.into_iter().flat_map(|recorded| recorded.commands.iter().cloned()));
        if let Some((_, hash)) = hashes.next_if(|(of, _)| *of == tick) {
            if simulation.state_hash() != *hash {
                return Replay::Differs { at: tick, same_until };
            }
            (compared, same_until) = (compared + 1, tick);
        }
    }
    Replay::Same { ticks: recording.until - begin, compared }
}
