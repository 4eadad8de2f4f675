//! At death's door: saving throws without an ability.

use serde::{Deserialize, Serialize};

/// The count of saves of a creature at 0 hit points. Source: SRD 5.1, "Death Saving Throws".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeathSaves {
    successes: u8,
    failures: u8,
}

/// Where a creature at 0 hit points stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeathState {
    /// Still rolling.
    Dying(DeathSaves),
    /// Three successes: unconscious, but no longer dying.
    Stable,
    /// A rolled 20: awake with 1 hit point.
    Conscious,
    /// Three failures.
    Dead,
}

impl DeathSaves {
    /// Successes so far, 0 to 2.
    #[must_use]
    pub const fn successes(self) -> u8 {
        self.successes
    }

    /// Failures so far, 0 to 2.
    #[must_use]
    pub const fn failures(self) -> u8 {
        self.failures
    }

    /// One save. `d20` is what the die shows; a 1 fails twice, a 20 wakes up.
    #[must_use]
    pub const fn roll(self, d20: u32) -> DeathState {
        match d20 {
            20.. => DeathState::Conscious,
            10.. if self.successes == 2 => DeathState::Stable,
            10.. => DeathState::Dying(Self { successes: self.successes + 1, ..self }),
            2.. => self.fail(1),
            _ => self.fail(2),
        }
    }

    /// Damage at 0 hit points: a failure, two of them for a critical hit.
    ///
    /// Damage that reaches the maximum of hit points kills outright; see [`crate::is_massive_damage`].
    #[must_use]
    pub const fn hurt(self, critical: bool) -> DeathState {
        self.fail(if critical { 2 } else { 1 })
    }

    const fn fail(self, times: u8) -> DeathState {
        let failures = self.failures + times;
        if failures >= 3 { DeathState::Dead } else { DeathState::Dying(Self { failures, ..self }) }
    }
}

/// Rolls on until the dice run out or the matter is decided.
pub fn death_saves(rolls: impl IntoIterator<Item = u32>) -> DeathState {
    let mut state = DeathState::Dying(DeathSaves::default());
    for d20 in rolls {
        let DeathState::Dying(saves) = state else { break };
        state = saves.roll(d20);
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_of_a_kind_decide() {
        assert_eq!(death_saves([10, 9, 15, 2, 11]), DeathState::Stable);
        assert_eq!(death_saves([9, 10, 9, 10, 9]), DeathState::Dead);
    }

    #[test]
    fn a_1_counts_twice_and_a_20_wakes_up() {
        assert_eq!(death_saves([1, 9]), DeathState::Dead);
        assert_eq!(death_saves([9, 20, 1, 1]), DeathState::Conscious);
        let DeathState::Dying(saves) = death_saves([1, 12]) else { panic!("two failures don't kill") };
        assert_eq!((saves.successes(), saves.failures()), (1, 2));
    }

    #[test]
    fn a_blow_to_the_fallen_is_a_failure_and_a_critical_one_two() {
        let fresh = DeathSaves::default();
        let DeathState::Dying(struck) = fresh.hurt(true) else { panic!("two failures don't kill") };
        assert_eq!(struck.failures(), 2);
        assert_eq!(struck.hurt(false), DeathState::Dead);
    }
}
