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

/// How far a creature leaps across: its Strength in feet with a run-up of 10 feet, half without.
///
/// Source: SRD 5.1, "Jumping". In half feet, because half of an odd score is one.
#[must_use]
pub const fn long_jump_half_feet(strength: u8, with_run_up: bool) -> u16 {
    if with_run_up { strength as u16 * 2 } else { strength as u16 }
}

/// How high a creature leaps: 3 feet and its Strength modifier with a run-up, half without. In half feet, never below 0.
#[must_use]
pub const fn high_jump_half_feet(strength_modifier: i8, with_run_up: bool) -> u16 {
    let feet = 3 + strength_modifier as i16;
    let feet = if feet < 0 { 0 } else { feet as u16 };
    if with_run_up { feet * 2 } else { feet }
}

/// What standing up costs of a speed: half of it, rounded down. Source: SRD 5.1, "Being Prone".
#[must_use]
pub const fn stand_up_cost(speed: Feet) -> Feet {
    Feet(speed.0 / 2)
}

/// Ticks in a round at some rate. A round lasts six seconds.
#[must_use]
pub fn ticks_per_round(ticks_per_second: f64) -> f64 {
    6.0 * ticks_per_second
}

/// Ticks between two attacks of a creature that spreads `attacks` over its round. No attack: the whole round.
#[must_use]
pub fn attack_interval_ticks(attacks: u32, ticks_per_second: f64) -> f64 {
    ticks_per_round(ticks_per_second) / f64::from(attacks.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_up_doubles_a_jump() {
        assert_eq!((long_jump_half_feet(16, true), long_jump_half_feet(15, false)), (32, 15));
        assert_eq!((high_jump_half_feet(3, true), high_jump_half_feet(-5, true)), (12, 0));
        assert_eq!(stand_up_cost(Feet(25)), Feet(12));
    }

    #[test]
    fn attacks_spread_over_the_round() {
        assert_eq!(ticks_per_round(f64::from(TICK_HZ)), ROUND_TICKS as f64);
        assert_eq!(
            [1, 2, 3, 4].map(|attacks| attack_interval_ticks(attacks, 60.0)),
            [360.0, 180.0, 120.0, 90.0]
        );
    }

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
