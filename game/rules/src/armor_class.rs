//! Armour class: armour, shield and the ways to do without.

use crate::{Ability, AbilityScores};

/// How much of Dexterity an armour lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DexterityShare {
    /// Light armour: all of it, also a penalty.
    Full,
    /// Medium armour: at most +2.
    AtMostTwo,
    /// Heavy armour: nothing, not even a penalty.
    Nothing,
}

impl DexterityShare {
    /// What is added to the armour's own value.
    #[must_use]
    pub fn of(self, dexterity_modifier: i8) -> i8 {
        match self {
            Self::Full => dexterity_modifier,
            Self::AtMostTwo => dexterity_modifier.min(2),
            Self::Nothing => 0,
        }
    }
}

/// One way to an armour class. A creature with several uses the best; they never add up.
///
/// Source: SRD 5.1, "Armor Class", "Armor", and each class's feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArmorFormula {
    /// Clothes: 10 and Dexterity.
    Unarmored,
    /// Worn armour.
    Worn {
        /// The armour's own value.
        base: u8,
        /// What Dexterity adds.
        dexterity: DexterityShare,
    },
    /// 10, Dexterity and one more ability: a barbarian's Constitution, a monk's Wisdom.
    UnarmoredDefense {
        /// The second ability.
        second: Ability,
        /// A monk's is lost while a shield is carried.
        allows_shield: bool,
    },
    /// Scales or a spell: a base and Dexterity.
    Natural {
        /// 13 for a draconic sorcerer and for *mage armor*.
        base: u8,
    },
}

impl ArmorFormula {
    /// A barbarian's skin.
    pub const BARBARIAN: Self = Self::UnarmoredDefense { second: Ability::Constitution, allows_shield: true };
    /// A monk's grace.
    pub const MONK: Self = Self::UnarmoredDefense { second: Ability::Wisdom, allows_shield: false };
    /// A draconic sorcerer's scales.
    pub const DRACONIC: Self = Self::Natural { base: 13 };

    /// The armour class, with `shield` points from a carried shield (0 without one). Never below 0.
    #[must_use]
    pub fn value(self, scores: &AbilityScores, shield: u8) -> u8 {
        let dexterity = scores.modifier(Ability::Dexterity);
        let (base, added, shield) = match self {
            Self::Unarmored => (10, dexterity, shield),
            Self::Worn { base, dexterity: share } => (base, share.of(dexterity), shield),
            Self::Natural { base } => (base, dexterity, shield),
            Self::UnarmoredDefense { allows_shield: false, .. } if shield > 0 => (10, dexterity, shield),
            Self::UnarmoredDefense { second, .. } => {
                (10, dexterity.saturating_add(scores.modifier(second)), shield)
            }
        };
        let total = i16::from(base) + i16::from(added) + i16::from(shield);
        total.clamp(0, i16::from(u8::MAX)) as u8
    }
}

/// The best of several ways to an armour class, or that of plain clothes if there is none.
#[must_use]
pub fn best_armor_class(formulas: &[ArmorFormula], scores: &AbilityScores, shield: u8) -> u8 {
    let plain = ArmorFormula::Unarmored.value(scores, shield);
    formulas.iter().map(|formula| formula.value(scores, shield)).fold(plain, u8::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(dexterity: u8, constitution: u8, wisdom: u8) -> AbilityScores {
        AbilityScores::new([10, dexterity, constitution, 10, wisdom, 10])
    }

    #[test]
    fn armour_lets_more_or_less_dexterity_through() {
        let quick = scores(18, 10, 10);
        let worn = |base, dexterity| ArmorFormula::Worn { base, dexterity }.value(&quick, 0);
        assert_eq!(worn(12, DexterityShare::Full), 16);
        assert_eq!(worn(14, DexterityShare::AtMostTwo), 16);
        assert_eq!(worn(18, DexterityShare::Nothing), 18);
        let slow = scores(6, 10, 10);
        assert_eq!(ArmorFormula::Worn { base: 16, dexterity: DexterityShare::Nothing }.value(&slow, 2), 18);
        assert_eq!(ArmorFormula::Worn { base: 14, dexterity: DexterityShare::AtMostTwo }.value(&slow, 0), 12);
    }

    #[test]
    fn a_shield_costs_a_monk_its_grace_and_a_barbarian_nothing() {
        let hero = scores(16, 14, 18);
        assert_eq!(ArmorFormula::MONK.value(&hero, 0), 17);
        assert_eq!(ArmorFormula::MONK.value(&hero, 2), 15);
        assert_eq!(ArmorFormula::BARBARIAN.value(&hero, 2), 17);
    }

    #[test]
    fn ways_to_an_armour_class_never_add_up() {
        let hero = scores(16, 20, 18);
        let ways = [ArmorFormula::BARBARIAN, ArmorFormula::MONK, ArmorFormula::DRACONIC];
        assert_eq!(best_armor_class(&ways, &hero, 0), 18);
        assert_eq!(best_armor_class(&[], &hero, 2), 15);
    }
}
