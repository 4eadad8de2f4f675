//! Attacks with weapons: which ability drives them, what is added to the roll, and to the damage of each hand.

use crate::{Ability, AbilityScores, proficiency_bonus};

/// What decides the ability of a weapon attack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WeaponGrip {
    /// Made at range: Dexterity, unless the weapon is thrown.
    pub ranged: bool,
    /// A melee weapon that can be thrown uses the same ability for both.
    pub thrown: bool,
    /// Strength or Dexterity, as the wielder likes.
    pub finesse: bool,
}

/// The ability of an attack: Strength, Dexterity at range, the better of both with finesse.
///
/// Source: SRD 5.1, "Attack Rolls" and "Weapon Properties".
#[must_use]
pub fn attack_ability(grip: WeaponGrip, scores: &AbilityScores) -> Ability {
    if grip.finesse && scores[Ability::Dexterity] > scores[Ability::Strength] {
        Ability::Dexterity
    } else if grip.finesse || !grip.ranged || grip.thrown {
        Ability::Strength
    } else {
        Ability::Dexterity
    }
}

/// What is added to the d20: the ability and, for the proficient, the bonus of the level.
#[must_use]
pub fn attack_bonus(grip: WeaponGrip, scores: &AbilityScores, level: u8, is_proficient: bool) -> i16 {
    let ability = i16::from(scores.modifier(attack_ability(grip, scores)));
    ability + if is_proficient { i16::from(proficiency_bonus(level)) } else { 0 }
}

/// What the second weapon adds to its damage: a penalty always, a bonus only with the fighting style for it.
///
/// Source: SRD 5.1, "Two-Weapon Fighting".
#[must_use]
pub const fn off_hand_damage_bonus(ability_modifier: i8, has_fighting_style: bool) -> i8 {
    if has_fighting_style || ability_modifier < 0 { ability_modifier } else { 0 }
}

/// The number that a target must reach to withstand a creature's power: 8, proficiency and ability.
#[must_use]
pub fn save_dc(proficiency: u8, ability_modifier: i8) -> i16 {
    8 + i16::from(proficiency) + i16::from(ability_modifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: AbilityScores = AbilityScores::new([10, 18, 10, 10, 10, 10]);
    const STRONG: AbilityScores = AbilityScores::new([18, 10, 10, 10, 10, 10]);

    #[test]
    fn finesse_takes_the_better_ability() {
        let rapier = WeaponGrip { finesse: true, ..WeaponGrip::default() };
        assert_eq!(attack_ability(rapier, &QUICK), Ability::Dexterity);
        assert_eq!(attack_ability(rapier, &STRONG), Ability::Strength);
        assert_eq!(attack_bonus(rapier, &QUICK, 5, true), 7);
    }

    #[test]
    fn a_thrown_javelin_flies_by_strength_and_a_thrown_dart_as_one_likes() {
        let javelin = WeaponGrip { thrown: true, ..WeaponGrip::default() };
        let dart = WeaponGrip { ranged: true, thrown: true, finesse: true };
        let bow = WeaponGrip { ranged: true, ..WeaponGrip::default() };
        assert_eq!(attack_ability(javelin, &QUICK), Ability::Strength);
        assert_eq!(attack_ability(dart, &QUICK), Ability::Dexterity);
        assert_eq!(attack_bonus(bow, &STRONG, 1, false), 0);
    }

    #[test]
    fn the_second_hand_adds_only_what_hurts_the_wielder() {
        assert_eq!(off_hand_damage_bonus(3, false), 0);
        assert_eq!(off_hand_damage_bonus(3, true), 3);
        assert_eq!(off_hand_damage_bonus(-1, false), -1);
    }

    #[test]
    fn a_save_is_8_and_what_the_caster_is_worth() {
        assert_eq!(save_dc(3, 4), 15);
        assert_eq!(save_dc(2, -1), 9);
    }
}
