//! Hit points: what a level gives, and what is left after harm.

/// A hit die's average, rounded up: what a level gives to who doesn't roll. Source: SRD 5.1, "Beyond 1st Level".
#[must_use]
pub const fn fixed_gain(hit_die: u8) -> u8 {
    hit_die / 2 + 1
}

/// One level's hit points: the die (or its average, or at 1st level its maximum) and Constitution, at least 1.
#[must_use]
pub fn level_gain(from_die: u8, constitution_modifier: i8) -> u16 {
    (i16::from(from_die) + i16::from(constitution_modifier)).max(1) as u16
}

/// Hit points of a character of one class that never rolls.
///
/// `extra_per_level` is what a trait such as a hill dwarf's toughness adds. Level 0 has none.
#[must_use]
pub fn fixed_maximum(hit_die: u8, level: u8, constitution_modifier: i8, extra_per_level: u16) -> u16 {
    let Some(later_levels) = level.checked_sub(1) else { return 0 };
    level_gain(hit_die, constitution_modifier)
        + u16::from(later_levels) * level_gain(fixed_gain(hit_die), constitution_modifier)
        + u16::from(level) * extra_per_level
}

/// Whether harm kills outright: what is left of it at 0 hit points reaches the maximum.
///
/// Source: SRD 5.1, "Instant Death".
#[must_use]
pub const fn is_massive_damage(damage: u32, hit_points: u32, hit_points_max: u32) -> bool {
    damage >= hit_points && damage - hit_points >= hit_points_max
}

/// Hit points and the temporary ones in front of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HitPoints {
    /// What is left, from 0 to the maximum.
    pub current: u32,
    /// What healing can't exceed.
    pub maximum: u32,
    /// Lost first, never healed, gone after a long rest.
    pub temporary: u32,
}

impl HitPoints {
    /// Unhurt.
    #[must_use]
    pub const fn full(maximum: u32) -> Self {
        Self { current: maximum, maximum, temporary: 0 }
    }

    /// Takes damage, from the temporary hit points first. Source: SRD 5.1, "Temporary Hit Points".
    #[must_use]
    pub const fn hurt(self, damage: u32) -> Self {
        let through = damage.saturating_sub(self.temporary);
        Self {
            current: self.current.saturating_sub(through),
            maximum: self.maximum,
            temporary: self.temporary.saturating_sub(damage),
        }
    }

    /// Regains hit points, up to the maximum.
    #[must_use]
    pub fn healed(self, amount: u32) -> Self {
        Self { current: self.current.saturating_add(amount).min(self.maximum), ..self }
    }

    /// Gains temporary hit points. They don't add up: the better lot stays.
    #[must_use]
    pub fn shielded(self, temporary: u32) -> Self {
        Self { temporary: self.temporary.max(temporary), ..self }
    }
}

/// The hit die of a monster by its size. Source: SRD 5.1, "Hit Dice by Size".
#[must_use]
pub const fn monster_hit_die(size: crate::Size) -> u8 {
    use crate::Size;
    match size {
        Size::Tiny => 4,
        Size::Small => 6,
        Size::Medium => 8,
        Size::Large => 10,
        Size::Huge => 12,
        Size::Gargantuan => 20,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_character_that_never_rolls_takes_the_average() {
        assert_eq!(fixed_maximum(10, 1, 3, 1), 14);
        assert_eq!(fixed_maximum(12, 20, 7, 0), 285);
        assert_eq!(fixed_maximum(6, 3, 0, 0), 6 + 4 + 4);
        assert_eq!(fixed_maximum(8, 0, 2, 1), 0);
    }

    #[test]
    fn even_the_frail_gain_a_point_a_level() {
        assert_eq!(level_gain(1, -5), 1);
        assert_eq!(fixed_maximum(6, 20, -5, 0), 20);
    }

    #[test]
    fn a_cleric_of_12_hit_points_at_6_dies_of_18_and_not_of_17() {
        assert!(is_massive_damage(18, 6, 12));
        assert!(!is_massive_damage(17, 6, 12));
        assert!(!is_massive_damage(3, 6, 0));
    }

    #[test]
    fn temporary_hit_points_go_first_and_do_not_add_up() {
        let shielded = HitPoints::full(20).hurt(6).shielded(5).shielded(3);
        assert_eq!(shielded, HitPoints { current: 14, maximum: 20, temporary: 5 });
        assert_eq!(shielded.hurt(7), HitPoints { current: 12, maximum: 20, temporary: 0 });
        assert_eq!(shielded.healed(8), HitPoints { current: 20, maximum: 20, temporary: 5 });
    }

    proptest! {
        #[test]
        fn no_harm_and_no_healing_leaves_the_bounds(maximum in 0..500_u32, harm in any::<u32>(), cure in any::<u32>()) {
            let hurt = HitPoints::full(maximum).hurt(harm);
            prop_assert!(hurt.current <= maximum && hurt.healed(cure).current <= maximum);
        }
    }
}
