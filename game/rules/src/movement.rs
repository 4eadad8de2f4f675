//! Speeds, and how the six-second round maps onto the server's ticks.

use serde::{Deserialize, Serialize};

/// Simulation ticks in a second.
pub const TICK_HZ: u32 = 60;
/// Ticks in a round. A round lasts six seconds. Source: SRD 5.1, "The Order of Combat".
pub const ROUND_TICKS: u64 = 6 * TICK_HZ as u64;

/// Position units (1/256 m) in a foot: 0.3048 m × 256, exactly.
const UNITS_PER_FOOT: f64 = 78.0288;

/// A distance in feet, the unit of the rules. A speed is the distance that a creature covers in one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Feet(pub u16);

impl Feet {
    /// The distance in position units (1/256 m), rounded down.
    #[must_use]
    pub fn units(self) -> i64 {
        (f64::from(self.0) * UNITS_PER_FOOT) as i64
    }

    /// This speed in position units (1/256 m) a tick.
    ///
    /// `movement_scale` speeds movement up without touching the ranges of weapons and spells: 30 feet a round are 1.5
    /// metres a second, a stroll for a game in real time. 1.0 is the pace of the rules.
    #[must_use]
    pub fn units_per_tick(self, movement_scale: f64) -> f64 {
        f64::from(self.0) * UNITS_PER_FOOT * movement_scale / ROUND_TICKS as f64
    }

    /// This speed in whole position units (1/256 m) a second, rounded down; see [`Self::units_per_tick`].
    #[must_use]
    pub fn units_per_second(self, movement_scale: f64) -> u32 {
        (self.units_per_tick(movement_scale) * f64::from(TICK_HZ)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_feet_a_round_is_a_stroll_until_the_world_scales_it() {
        assert_eq!(Feet(30).units_per_second(1.0), 390); // 1.524 m/s
        assert_eq!(Feet(30).units_per_second(3.0), 1_170);
        assert_eq!(Feet(5).units(), 390);
    }

    #[test]
    fn a_round_of_ticks_covers_the_speed() {
        let covered = Feet(30).units_per_tick(1.0) * ROUND_TICKS as f64;
        assert!((covered - 30.0 * UNITS_PER_FOOT).abs() < 1e-6);
    }

    #[test]
    fn nonsense_scales_never_panic() {
        for scale in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            let _ = Feet(u16::MAX).units_per_second(scale);
        }
        assert_eq!(Feet(30).units_per_second(f64::NAN), 0);
        assert_eq!(Feet(30).units_per_second(-2.0), 0);
    }
}
