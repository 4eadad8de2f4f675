//! How likely an attack hits, and how much it hurts on average: for planning and for balance.

use crate::RollMode;

/// What to expect of one attack roll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HitChance {
    /// The chance to hit, critical hits included.
    pub hit: f64,
    /// The chance of a critical hit.
    pub critical: f64,
}

/// The chances of an attack. A rolled 1 misses and a rolled 20 hits, whatever the numbers say.
///
/// `critical_from` is the lowest face that is a critical hit: 20, or less for a champion. Source: SRD 5.1, "Rolling 1 or 20".
#[must_use]
pub fn hit_chance(attack_bonus: i64, armor_class: i64, mode: RollMode, critical_from: u8) -> HitChance {
    let critical_from = i64::from(critical_from.clamp(2, 20));
    let needed = armor_class.saturating_sub(attack_bonus).clamp(2, critical_from);
    HitChance { hit: mode.chance_of_at_least(needed), critical: mode.chance_of_at_least(critical_from) }
}

/// The mean damage of one attack: dice and bonus on a hit, the dice once more on a critical hit.
///
/// `dice_mean` is the mean of what doubles, `bonus` what doesn't. Damage is never less than nothing; a bonus so bad that single
/// throws would fall below zero makes this an under-estimate.
#[must_use]
pub fn expected_damage(chance: HitChance, dice_mean: f64, bonus: f64) -> f64 {
    (chance.hit * (dice_mean + bonus) + chance.critical * dice_mean).max(0.0)
}

/// The mean of some dice of equal sides.
#[must_use]
pub fn dice_mean(count: u32, sides: u32) -> f64 {
    f64::from(count) * (f64::from(sides) + 1.0) / 2.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_20_always_hits_and_a_1_never() {
        let hopeless = hit_chance(3, 25, RollMode::Normal, 20);
        assert_eq!(hopeless, HitChance { hit: 0.05, critical: 0.05 });
        assert_eq!(hit_chance(30, 10, RollMode::Normal, 20).hit, 0.95);
        assert_eq!(hit_chance(0, 30, RollMode::Normal, 19), HitChance { hit: 0.1, critical: 0.1 });
    }

    #[test]
    fn two_swings_of_a_greatsword_are_worth_what_the_formula_says() {
        let chance = hit_chance(7, 16, RollMode::Normal, 20);
        assert!((2.0 * expected_damage(chance, dice_mean(2, 6), 4.0) - 13.9).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn better_armour_never_makes_an_attack_hurt_more(bonus in -5_i64..20, armor in 5_i64..30, extra in 0_i64..10) {
            for mode in [RollMode::Normal, RollMode::Advantage, RollMode::Disadvantage] {
                let harm = |armor| expected_damage(hit_chance(bonus, armor, mode, 20), 7.0, 3.0);
                prop_assert!(harm(armor + extra) <= harm(armor));
            }
        }

        #[test]
        fn a_wider_critical_range_never_hurts_less(bonus in -5_i64..20, armor in 5_i64..30, from in 2_u8..20) {
            let chance = |from| hit_chance(bonus, armor, RollMode::Normal, from);
            prop_assert!(chance(from).hit >= chance(from + 1).hit);
            prop_assert!(chance(from).critical > chance(from + 1).critical);
        }
    }
}
