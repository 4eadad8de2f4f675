//! What the world does to a creature without any foe: falls, lack of air, food and rest.

/// Most dice that a fall is worth.
const FALL_DICE_MAX: u32 = 20;

/// How many d6 of bludgeoning damage a fall deals: one for every 10 feet, at most 20. Source: SRD 5.1, "Falling".
#[must_use]
pub const fn fall_damage_dice(feet: u32) -> u32 {
    let dice = feet / 10;
    if dice > FALL_DICE_MAX { FALL_DICE_MAX } else { dice }
}

/// How many seconds a creature holds its breath: a minute and one for each point of the modifier, at least half a minute.
///
/// Source: SRD 5.1, "Suffocating".
#[must_use]
pub fn breath_seconds(constitution_modifier: i8) -> u32 {
    let minutes = 1 + i32::from(constitution_modifier);
    if minutes < 1 { 30 } else { minutes as u32 * 60 }
}

/// How many rounds a creature lasts without breath before it drops to 0 hit points, at least one.
#[must_use]
pub fn suffocation_rounds(constitution_modifier: i8) -> u32 {
    constitution_modifier.max(1) as u32
}

/// How many days a creature goes without food before it tires, at least one. Source: SRD 5.1, "Food and Water".
#[must_use]
pub fn days_without_food(constitution_modifier: i8) -> u32 {
    (3 + i32::from(constitution_modifier)).max(1) as u32
}

/// What a Constitution save must reach at the end of each hour of a forced march.
///
/// Eight hours a day are free: there is nothing to save against. Source: SRD 5.1, "Forced March".
#[must_use]
pub const fn forced_march_dc(hours: u32) -> Option<u32> {
    if hours <= 8 { None } else { Some(10 + hours - 8) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_counts_whole_tens_of_feet_up_to_two_hundred() {
        let dice = [0, 9, 10, 19, 20, 95, 200, 210, u32::MAX].map(fall_damage_dice);
        assert_eq!(dice, [0, 0, 1, 1, 2, 9, 20, 20, 20]);
    }

    #[test]
    fn the_hardy_hold_their_breath_longer() {
        assert_eq!((breath_seconds(2), suffocation_rounds(2)), (180, 2));
        assert_eq!((breath_seconds(-1), suffocation_rounds(-1)), (30, 1));
        assert_eq!((breath_seconds(0), suffocation_rounds(0)), (60, 1));
    }

    #[test]
    fn hunger_and_marches_wear_down_in_time() {
        assert_eq!((days_without_food(2), days_without_food(-5)), (5, 1));
        assert_eq!((forced_march_dc(8), forced_march_dc(9), forced_march_dc(11)), (None, Some(11), Some(13)));
    }
}
