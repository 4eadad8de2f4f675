//! What the simulation keeps about a player.

use std::collections::VecDeque;

use flecs_ecs::prelude::*;

use crate::{GroundPoint, PlayerJoin, TICK_HZ};

/// A player's link to the person behind it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Player {
    pub(crate) linkdead: bool,
    /// The number of the last move that was taken.
    pub(crate) move_seq: u32,
}

/// A move that a player asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MoveRequest {
    pub(crate) seq: u32,
    pub(crate) to: GroundPoint,
    pub(crate) yaw: u8,
}

/// Moves that wait for this tick's judgement, in the order in which they came.
#[derive(Component, Clone, Debug, Default)]
pub(crate) struct MoveQueue(pub(crate) Vec<MoveRequest>);

/// How far a player may go at once: a bucket that fills with time. Counted in 1/256 m times ticks a second, so that a
/// tick's share of any speed is whole.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct SpeedBudget {
    available: u64,
}

impl SpeedBudget {
    /// Most time that a player can save up, for moves that a network delivers in bursts.
    const BURST_TICKS: u64 = TICK_HZ as u64 / 2;
    /// A sixteenth more than the speed, for clocks that disagree.
    const TOLERANCE_DIVISOR: u64 = 16;

    /// A full bucket.
    pub(crate) fn full(units_per_second: u32) -> Self {
        let per_tick = Self::share_of_tick(units_per_second);
        Self { available: per_tick * Self::BURST_TICKS }
    }

    /// One tick passes.
    pub(crate) fn refill(&mut self, units_per_second: u32) {
        let full = Self::full(units_per_second).available;
        self.available = (self.available + Self::share_of_tick(units_per_second)).min(full);
    }

    /// Whether `units` can be gone now.
    pub(crate) fn covers(self, units: i64) -> bool {
        u64::try_from(units)
            .ok()
            .and_then(|units| units.checked_mul(u64::from(TICK_HZ)))
            .is_some_and(|cost| cost <= self.available)
    }

    /// Goes `units`, which the bucket covers.
    pub(crate) fn spend(&mut self, units: i64) {
        self.available = self.available.saturating_sub(units.unsigned_abs() * u64::from(TICK_HZ));
    }

    /// What is left, for the state hash.
    pub(crate) const fn available(self) -> u64 {
        self.available
    }

    fn share_of_tick(units_per_second: u32) -> u64 {
        let exact = u64::from(units_per_second);
        exact + exact / Self::TOLERANCE_DIVISOR
    }
}

/// Players whose ground is still being loaded.
#[derive(Component, Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Waiting(pub(crate) VecDeque<WaitingPlayer>);

/// A player who wants in, how far around their place was searched for ground, and for how long.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct WaitingPlayer {
    pub(crate) join: PlayerJoin,
    pub(crate) near: GroundPoint,
    pub(crate) ring: i32,
    pub(crate) waited_ticks: u32,
}

/// Registers the components of players.
#[derive(Component)]
pub(crate) struct PlayersComponents;

impl Module for PlayersComponents {
    fn module(world: &World) {
        world.component::<Player>();
        world.component::<MoveQueue>();
        world.component::<SpeedBudget>();
        world.component::<Waiting>().add_trait::<flecs::Singleton>();
        world.set(Waiting::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_lasts_half_a_second_and_refills_at_walking_speed() {
        let speed = 600;
        let mut budget = SpeedBudget::full(speed);
        assert!(budget.covers(300), "half a second's way");
        assert!(!budget.covers(330), "more than the tolerance allows");
        budget.spend(300);
        assert!(!budget.covers(100));
        for _ in 0..10 {
            budget.refill(speed);
        }
        assert!(budget.covers(100), "ten ticks at ten units");
    }

    #[test]
    fn absurd_distances_are_not_covered() {
        let budget = SpeedBudget::full(u32::MAX);
        assert!(!budget.covers(i64::MAX));
        assert!(!budget.covers(-1));
    }
}
