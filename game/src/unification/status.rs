//! How a region does, for metrics, health and the dashboard.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use grid::{RegionCoord, RegionId};
use simulation::{AreaView, EntityView};

use super::combat_log::CombatLog;

/// Ticks that percentiles are taken over: ten seconds.
const WINDOW_TICKS: usize = 600;

/// How a region does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionStatus {
    /// Which region.
    pub region: RegionId,
    /// Where in the world it is.
    pub coord: RegionCoord,
    /// The number of the last tick.
    pub tick: u64,
    /// How long ago it ended; `None` before the first. A region that runs has one every 17 ms.
    pub last_tick_ago: Option<Duration>,
    /// How long ticks took, over the last ten seconds.
    pub tick_times: TickTimes,
    /// Ticks that ran late by a whole tick or more, since the start.
    pub late_ticks: u64,
    /// Ticks that were given up, since the start: by so much the region's time was slowed.
    pub dropped_ticks: u64,
    /// Everyone in the region.
    pub entities: usize,
    /// Players with a socket.
    pub players: usize,
}

/// How long ticks took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TickTimes {
    /// Half of them took at most this long.
    pub p50: Duration,
    /// 99 of a hundred took at most this long.
    pub p99: Duration,
    /// The longest.
    pub max: Duration,
}

/// Where the thread writes and others read. Each lock is held for a few instructions.
#[derive(Debug)]
pub(super) struct Board {
    coord: RegionCoord,
    figures: Mutex<Figures>,
    entities: Mutex<Arc<Vec<EntityView>>>,
    areas: Mutex<Arc<Vec<AreaView>>>,
    combat_log: Mutex<CombatLog>,
}

/// The part that changes with every tick.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub(super) tick: u64,
    pub(super) late_ticks: u64,
    pub(super) dropped_ticks: u64,
    pub(super) players: usize,
    last_tick_at: Option<Instant>,
    window: VecDeque<Duration>,
}

impl Figures {
    /// A tick ended just now.
    pub(super) fn note_tick(&mut self, tick: u64, took: Duration) {
        self.tick = tick;
        self.last_tick_at = Some(Instant::now());
        if self.window.len() == WINDOW_TICKS {
            self.window.pop_front();
        }
        self.window.push_back(took);
    }
}

impl Board {
    pub(super) fn new(coord: RegionCoord) -> Self {
        Self {
            coord,
            figures: Mutex::default(),
            entities: Mutex::default(),
            areas: Mutex::default(),
            combat_log: Mutex::default(),
        }
    }

    pub(super) fn figures(&self) -> MutexGuard<'_, Figures> {
        locked(&self.figures)
    }

    pub(super) fn show_entities(&self, entities: Arc<Vec<EntityView>>) {
        *locked(&self.entities) = entities;
    }

    pub(super) fn entities(&self) -> Arc<Vec<EntityView>> {
        Arc::clone(&locked(&self.entities))
    }

    pub(super) fn show_areas(&self, areas: Vec<AreaView>) {
        *locked(&self.areas) = Arc::new(areas);
    }

    pub(super) fn areas(&self) -> Arc<Vec<AreaView>> {
        Arc::clone(&locked(&self.areas))
    }

    pub(super) fn combat_log(&self) -> MutexGuard<'_, CombatLog> {
        locked(&self.combat_log)
    }

    pub(super) fn status(&self, region: RegionId) -> RegionStatus {
        let entities = self.entities().len();
        let figures = self.figures();
        let mut times: Vec<_> = figures.window.iter().copied().collect();
        let status = RegionStatus {
            region,
            coord: self.coord,
            tick: figures.tick,
            last_tick_ago: figures.last_tick_at.map(|at| at.elapsed()),
            tick_times: TickTimes::default(),
            late_ticks: figures.late_ticks,
            dropped_ticks: figures.dropped_ticks,
            entities,
            players: figures.players,
        };
        // The thread may go on while this sorts.
        drop(figures);
        times.sort_unstable();
        RegionStatus { tick_times: TickTimes::of_sorted(&times), ..status }
    }
}

fn locked<T>(part: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing here can be left half-written by a panic.
    part.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl TickTimes {
    fn of_sorted(times: &[Duration]) -> Self {
        let at = |percent: usize| {
            let rank = (times.len() * percent).div_ceil(100).max(1);
            times.get(rank - 1).copied().unwrap_or_default()
        };
        Self { p50: at(50), p99: at(99), max: at(100) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_last_ten_seconds() {
        let board = Board::new(RegionCoord::new(0, 0));
        let region = RegionId::from_uuid(uuid::Uuid::nil());
        assert_eq!(board.status(region).tick_times, TickTimes::default());
        board.figures().note_tick(1, Duration::from_secs(9));
        for tick in 1..=600 {
            board.figures().note_tick(tick, Duration::from_micros(tick));
        }
        let TickTimes { p50, p99, max } = board.status(region).tick_times;
        assert_eq!(
            [p50, p99, max].map(|time| time.as_micros()),
            [300, 594, 600],
            "the first has left the window"
        );
        assert_eq!(board.status(region).tick, 600);
    }
}
