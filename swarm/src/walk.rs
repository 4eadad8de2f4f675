//! Where a bot goes: straight on, and another way where the ground ends.

use protocol::limits::METRE_UNITS;

/// Eight directions, clockwise from east, in tenths.
const HEADINGS: [(i64, i64); 8] = [(10, 0), (7, 7), (0, 10), (-7, 7), (-10, 0), (-7, -7), (0, -10), (7, -7)];
/// Steps before a bot thinks of another direction.
const STEPS_STRAIGHT: u32 = 40;
/// Shortest step that is worth a message.
const STEP_UNITS_MIN: i64 = METRE_UNITS / 32;

/// A bot's own idea of where it stands, and its whims.
pub(crate) struct Walk {
    /// Eastward, in 1/256 m.
    pub(crate) x: i64,
    /// Southward, in 1/256 m.
    pub(crate) z: i64,
    heading: usize,
    steps: u32,
    dice: u64,
}

impl Walk {
    /// The walk of bot `number`; equal numbers walk alike.
    pub(crate) fn new(number: u32) -> Self {
        let dice = scramble(u64::from(number) + 1);
        Self { x: 0, z: 0, heading: (dice % 8) as usize, steps: 0, dice }
    }

    /// Puts the bot where the server says it stands.
    pub(crate) fn stand_at(&mut self, x: i64, z: i64) {
        (self.x, self.z) = (x, z);
    }

    /// Turns away from what can't be walked.
    pub(crate) fn turn(&mut self) {
        self.dice = scramble(self.dice);
        self.heading = (self.heading + 2 + (self.dice % 5) as usize) % HEADINGS.len();
    }

    /// Walks on, and gives the direction faced. The step is a little shorter than allowed, as two clocks differ.
    pub(crate) fn step(&mut self, units_per_second: u32, step_ms: u64) -> u8 {
        self.steps += 1;
        if self.steps.is_multiple_of(STEPS_STRAIGHT) {
            self.turn();
        }
        let length = (i64::from(units_per_second) * step_ms as i64 / 1_000 * 8 / 10).max(STEP_UNITS_MIN);
        let (east, south) = HEADINGS[self.heading];
        self.x += length * east / 10;
        self.z += length * south / 10;
        // North is 0, a quarter turn 64 steps.
        (64 + 32 * self.heading as u32) as u8
    }
}

/// Stirs a number (SplitMix64), so that neighbours differ in all bits.
pub(crate) const fn scramble(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_stays_under_the_allowed_speed_and_faces_its_way() {
        for number in 0..50 {
            let mut walk = Walk::new(number);
            for _ in 0..100 {
                let (x, z) = (walk.x, walk.z);
                let yaw = walk.step(1_280, 100);
                let (east, south) = (walk.x - x, walk.z - z);
                assert!((1..=128 * 128).contains(&(east * east + south * south)));
                let faces_east = (1..128).contains(&yaw);
                assert_eq!(faces_east, east > 0, "yaw {yaw} goes {east} east");
            }
        }
    }
}
