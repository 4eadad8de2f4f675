//! Experience points: the levels of a character, what the level is worth, and how an award is shared.

/// The highest level of a character, all classes together. Source: SRD 5.1, "Beyond 1st Level".
pub const LEVEL_MAX: u8 = 20;

/// Experience at which levels 1 to 20 begin. Source: SRD 5.1, "Character Advancement".
const THRESHOLDS: [u32; LEVEL_MAX as usize] = [
    0, 300, 900, 2_700, 6_500, 14_000, 23_000, 34_000, 48_000, 64_000, 85_000, 100_000, 120_000, 140_000,
    165_000, 195_000, 225_000, 265_000, 305_000, 355_000,
];

/// The level that so much experience has earned, 1 to 20.
#[must_use]
pub fn level_for_experience(points: u32) -> u8 {
    THRESHOLDS.partition_point(|&threshold| threshold <= points) as u8
}

/// The experience at which a level begins. Levels outside of 1 to 20 count as the nearest.
#[must_use]
pub fn experience_for_level(level: u8) -> u32 {
    THRESHOLDS[usize::from(level.clamp(1, LEVEL_MAX)) - 1]
}

/// What a character of this level adds where it is proficient: 2 at first, one more every four levels.
///
/// Source: SRD 5.1, "Character Advancement". Levels outside of 1 to 20 count as the nearest.
#[must_use]
pub const fn proficiency_bonus(level: u8) -> u8 {
    let level = if level < 1 {
        1
    } else if level > LEVEL_MAX {
        LEVEL_MAX
    } else {
        level
    };
    2 + (level - 1) / 4
}

/// Each character's part of an award. What doesn't divide is dropped. Nobody to share with: no award.
#[must_use]
pub fn share_of_award(total: u32, characters: u32) -> u32 {
    total.checked_div(characters).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_begins_at_its_threshold_and_not_a_point_earlier() {
        for level in 2..=LEVEL_MAX {
            let threshold = experience_for_level(level);
            assert_eq!(level_for_experience(threshold), level);
            assert_eq!(level_for_experience(threshold - 1), level - 1);
        }
        assert_eq!((level_for_experience(0), level_for_experience(u32::MAX)), (1, LEVEL_MAX));
    }

    #[test]
    fn proficiency_rises_every_four_levels() {
        let bonuses = [1, 4, 5, 8, 9, 12, 13, 16, 17, 20].map(proficiency_bonus);
        assert_eq!(bonuses, [2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
        assert_eq!((proficiency_bonus(0), proficiency_bonus(u8::MAX)), (2, 6));
    }

    #[test]
    fn an_award_is_shared_evenly() {
        assert_eq!(share_of_award(1_000, 3), 333);
        assert_eq!(share_of_award(1_000, 0), 0);
    }
}
