//! Answers what expressions of features ask about a character at rest: nobody is its target, nothing attacks it.

use std::collections::BTreeMap;

use crate::content::ArmorKind;
use crate::language::expr::{AttackTrait, Facts, Quality, Quantity, Question, Role};
use crate::{AbilityScores, Id, proficiency_bonus};

/// What is known of a character when a number of its sheet is worked out.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) scores: AbilityScores,
    /// The scores without what features and items add.
    pub(super) own_scores: AbilityScores,
    pub(super) level: u8,
    pub(super) class_levels: BTreeMap<Id, u8>,
    /// The class whose level is `@class_level`.
    pub(super) class: Option<Id>,
    pub(super) armor: Option<ArmorKind>,
    pub(super) shielded: bool,
    pub(super) speed: u16,
    pub(super) features: Vec<Id>,
    /// It has a class that casts.
    pub(super) is_caster: bool,
    /// The check that is worked out includes the proficiency bonus.
    pub(super) proficient_check: bool,
    /// What is true of the attack that is worked out, if it is one.
    pub(super) attack: Vec<AttackTrait>,
}

impl Known {
    pub(super) fn of_class(&self, class: Option<Id>) -> Self {
        Self { class, ..self.clone() }
    }

    fn level_in(&self, class: Id) -> i32 {
        self.class_levels.get(&class).map_or(0, |level| i32::from(*level))
    }
}

impl Facts for Known {
    fn quantity(&self, role: Role, quantity: Quantity) -> i32 {
        // An aura's bearer is itself among its allies, and then its own source.
        if role == Role::Target {
            return 0;
        }
        match quantity {
            Quantity::Level => i32::from(self.level),
            Quantity::LevelIn(class) => self.level_in(class),
            Quantity::ClassLevel => self.class.map_or(i32::from(self.level), |class| self.level_in(class)),
            Quantity::ProficiencyBonus => i32::from(proficiency_bonus(self.level)),
            Quantity::Score(ability) => i32::from(self.scores[ability]),
            Quantity::OwnScore(ability) => i32::from(self.own_scores[ability]),
            Quantity::Modifier(ability) => i32::from(self.scores.modifier(ability)),
            Quantity::Speed => i32::from(self.speed),
            _ => 0,
        }
    }

    fn holds(&self, question: Question) -> bool {
        match question {
            Question::Such(Role::Own, quality) => match quality {
                Quality::Armored => self.armor.is_some(),
                Quality::LightArmor => self.armor == Some(ArmorKind::Light),
                Quality::MediumArmor => self.armor == Some(ArmorKind::Medium),
                Quality::HeavyArmor => self.armor == Some(ArmorKind::Heavy),
                Quality::Shielded => self.shielded,
                Quality::ProficientCheck => self.proficient_check,
                Quality::Spellcaster => self.is_caster,
                _ => false,
            },
            Question::Under(Role::Own, feature) => self.features.contains(&feature),
            Question::Attack(attack) => self.attack.contains(&attack),
            _ => false,
        }
    }
}
