//! Dice that need no memory.
//!
//! A simulation that draws from one shared generator changes all later rolls when a single actor draws once more.
//! [`roll`] has no state to share: who rolls, when and what for *is* the state. Rolls may therefore happen in any order
//! and on any machine, and replaying a tick gives the same numbers.

use grid::{EntityId, RegionCoord};

/// What a roll decides. Two purposes of one actor in one tick get unrelated dice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Purpose {
    /// Where in the region a creature appears.
    Spawn = 1,
    /// Which way a wandering creature turns.
    WanderHeading = 2,
    /// How far it goes.
    WanderDistance = 3,
    /// How long it rests.
    WanderPause = 4,
    /// In which order creatures act that begin to fight.
    Initiative = 5,
    /// What begins and ends with a turn: recharging, saves, dying.
    TurnEdge = 6,
    /// What a creature does.
    Deed = 7,
    /// What it sets off to leave a place: blows in passing.
    Step = 8,
    /// What the dead leave behind.
    Loot = 9,
    /// Which monsters come, how many, and where.
    Muster = 10,
    /// Choices among things that are equally good.
    Thought = 11,
    /// How long somebody lies who is out of danger.
    Recovery = 12,
    /// What a place does to whoever has come to it.
    Arrival = 13,
}

/// The dice of one actor at one tick for one purpose.
///
/// `seed` is the world's. Equal arguments give equal dice, on every machine.
#[must_use]
pub fn roll(seed: u64, region: RegionCoord, tick: u64, actor: EntityId, purpose: Purpose) -> CounterDice {
    let place = (u64::from(region.x as u32) << 32) | u64::from(region.z as u32);
    let (actor_high, actor_low) = actor.uuid().as_u64_pair();
    let key = [place, tick, actor_high, actor_low, purpose as u64]
        .into_iter()
        .fold(mix(seed), |key, part| mix(key ^ part));
    CounterDice { key, thrown: 0 }
}

/// A run of dice that depends on nothing but its key; made by [`roll`].
#[derive(Clone, Debug)]
pub struct CounterDice {
    key: u64,
    thrown: u64,
}

impl CounterDice {
    /// A value in `1..=sides`; a die without sides shows 1.
    pub fn die(&mut self, sides: u32) -> u32 {
        self.below(sides) + 1
    }

    /// A value in `0..bound`, or 0 for an empty range.
    pub fn below(&mut self, bound: u32) -> u32 {
        let bits = mix(self.key ^ mix(self.thrown));
        self.thrown += 1;
        // The high half of the product spreads the 2^64 values evenly enough: no outcome is off by more than 2^-32.
        ((u128::from(bits) * u128::from(bound)) >> 64) as u32
    }
}

/// The finaliser of SplitMix64 over a step of the golden ratio: each input bit changes half of the output bits.
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn actor() -> EntityId {
        EntityId::from_str("0190a0c4-0000-7000-8000-000000000001").unwrap()
    }

    #[test]
    fn counter_dice_are_the_same_on_every_machine() {
        let mut dice = roll(7, RegionCoord::new(-1, 2), 360, actor(), Purpose::WanderHeading);
        let thrown: Vec<u32> = (0..8).map(|_| dice.die(20)).collect();
        assert_eq!(thrown, [6, 8, 8, 11, 1, 1, 13, 2]);
    }

    #[test]
    fn each_part_of_the_key_matters() {
        let region = RegionCoord::new(0, 0);
        let value = |mut dice: CounterDice| dice.below(u32::MAX);
        let base = value(roll(1, region, 1, actor(), Purpose::Spawn));
        assert_ne!(base, value(roll(2, region, 1, actor(), Purpose::Spawn)));
        assert_ne!(base, value(roll(1, RegionCoord::new(0, 1), 1, actor(), Purpose::Spawn)));
        assert_ne!(base, value(roll(1, region, 2, actor(), Purpose::Spawn)));
        assert_ne!(base, value(roll(1, region, 1, actor(), Purpose::WanderPause)));
    }

    #[test]
    fn a_die_is_fair_enough_to_play_with() {
        let mut seen = [0_u32; 20];
        for tick in 0..20_000 {
            let mut dice = roll(3, RegionCoord::new(0, 0), tick, actor(), Purpose::WanderPause);
            seen[dice.die(20) as usize - 1] += 1;
        }
        assert!(seen.iter().all(|&count| (850..1_150).contains(&count)), "{seen:?}");
    }
}
