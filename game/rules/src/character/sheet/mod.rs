//! Everything that follows from a character's decisions, each number with its parts.

mod attacks;
mod body;
mod casting;
mod modifiers;
mod rolls;
mod value;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::content::Library;
use crate::language::{Path, Recharge};
use crate::vocabulary::Sense;
use crate::{Ability, AbilityScores, Id, PactMagic, Ruleset, Slots, proficiency_bonus};

use super::{Character, facts::Known};

pub use attacks::AttackLine;
pub use casting::CasterLine;
pub use rolls::SkillLine;
pub use value::{Part, Value};

use modifiers::Modifiers;

/// A character sheet. Worked out anew whenever it is asked for; nothing in it is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// Level, all classes together.
    pub level: u8,
    /// What is added where it is proficient.
    pub proficiency_bonus: u8,
    /// Ability scores, in the order of [`Ability::ALL`].
    pub scores: Vec<Value>,
    /// Most hit points.
    pub hit_points_max: Value,
    /// Hit points that are left.
    pub hit_points: u32,
    /// Armour class.
    pub armor_class: Value,
    /// What is added to initiative.
    pub initiative: Value,
    /// Walking speed in feet.
    pub speed: Value,
    /// What is added to saves, in the order of [`Ability::ALL`].
    pub saves: Vec<Value>,
    /// What is added to checks with skills.
    pub skills: Vec<SkillLine>,
    /// What it notices without looking.
    pub passive_perception: i16,
    /// Armour, weapons and tools that it is proficient with.
    pub proficiencies: Vec<Id>,
    /// Languages that it speaks.
    pub languages: Vec<Id>,
    /// Ranges of its senses in feet.
    pub senses: BTreeMap<Sense, u16>,
    /// Attacks with what it wields, and with its bare hands.
    pub attacks: Vec<AttackLine>,
    /// Attacks in one attack action.
    pub attacks_per_action: u8,
    /// How it casts, class by class.
    pub casting: Vec<CasterLine>,
    /// Spell slots that it has when rested.
    pub slots: Slots,
    /// Slots of pact magic that it has when rested.
    pub pact_slots: u8,
    /// The level that those slots have.
    pub pact_slot_level: u8,
    /// Stores such as rages and ki.
    pub resources: Vec<ResourceLine>,
    /// Hit dice by their sides.
    pub hit_dice: BTreeMap<u8, u8>,
    /// Ids of its features.
    pub features: Vec<Id>,
    /// What it carries, in hundredths of a pound.
    pub load_centipounds: u64,
    /// What it can carry, in hundredths of a pound.
    pub capacity_centipounds: u64,
}

/// A store of something that is spent and comes back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResourceLine {
    /// Its id.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// The most that it holds.
    pub max: u32,
    /// What is left.
    pub left: u32,
    /// When it comes back.
    pub recharge: Recharge,
}

impl Character {
    /// The character's sheet. Ids that the library doesn't know count as absent; see [`Character::check`].
    #[must_use]
    pub fn sheet(&self, library: &Library, ruleset: &Ruleset) -> Sheet {
        let at = Desk::new(self, library);
        let scores = at.scores();
        let hit_points_max = at.hit_points_max();
        let skills = at.skills();
        let passive_perception = at.passive_perception(&skills);
        let PactMagic { slots: pact_slots, slot_level: pact_slot_level } = at.pact_magic();
        let load = at.load();
        Sheet {
            level: self.level(),
            proficiency_bonus: proficiency_bonus(self.level()),
            hit_points: (hit_points_max.total.max(0) as u32).saturating_sub(self.wear.damage),
            hit_points_max,
            armor_class: at.armor_class(),
            initiative: at.initiative(),
            speed: at.speed(),
            saves: at.saves(),
            passive_perception,
            skills,
            proficiencies: at.proficiencies().into_iter().collect(),
            languages: at.languages().into_iter().collect(),
            senses: at.senses(),
            attacks: at.attacks(),
            attacks_per_action: at.attacks_per_action(),
            casting: at.casting(ruleset),
            slots: at.slots(ruleset),
            pact_slots,
            pact_slot_level,
            resources: at.resources(),
            hit_dice: at.hit_dice(),
            features: at.known.features.clone(),
            load_centipounds: load,
            capacity_centipounds: at.capacity(),
            scores,
        }
    }
}

/// What is needed to work out a sheet: the character, the content, and all modifiers that bear on it.
pub(super) struct Desk<'a> {
    pub(super) character: &'a Character,
    pub(super) library: &'a Library,
    pub(super) known: Known,
    modifiers: Modifiers<'a>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(character: &'a Character, library: &'a Library) -> Self {
        let held = character.features(library);
        let modifiers = Modifiers::of(character, library, &held);
        let equipped = |item: &&crate::content::Item| item.armor.is_some();
        let armor = character.equipped(library).filter(equipped).filter_map(|item| item.armor.as_ref());
        let mut known = Known {
            own_scores: AbilityScores::new(Ability::ALL.map(|ability| character.raised(library, ability))),
            level: character.level(),
            class_levels: character.class_levels(),
            features: held.iter().map(|held| held.feature.id).collect(),
            is_caster: character
                .classes()
                .any(|class| library.class(class).is_some_and(|class| class.spells.is_some())),
            ..Known::default()
        };
        for armor in armor {
            if armor.kind == crate::content::ArmorKind::Shield {
                known.shielded = true;
            } else {
                known.armor = Some(armor.kind);
            }
        }
        let mut desk = Self { character, library, known, modifiers };
        let totals: Vec<u8> = desk.scores().iter().map(|score| score.total.clamp(1, 30) as u8).collect();
        for (ability, total) in Ability::ALL.into_iter().zip(totals) {
            desk.known.scores[ability] = total;
        }
        desk.known.speed = desk.speed().total.max(0) as u16;
        desk
    }

    /// Ability scores as worked out so far.
    pub(super) fn ability_scores(&self) -> &AbilityScores {
        &self.known.scores
    }

    /// A value with everything that changes it.
    fn changed(&self, path: Path, value: Value) -> Value {
        self.modifiers.apply(path, value, &self.known)
    }

    /// Resources of features and items.
    pub(super) fn resources(&self) -> Vec<ResourceLine> {
        let mut lines: Vec<ResourceLine> = Vec::new();
        for (class, resource) in self.modifiers.resources() {
            let max = resource.max.value(&self.known.of_class(class)).max(0) as u32;
            let spent = self.character.wear.resources.get(&resource.id).copied().unwrap_or(0);
            // Channel divinity of two classes is one store.
            if let Some(line) = lines.iter_mut().find(|line| line.id == resource.id) {
                line.max = line.max.max(max);
                line.left = line.max.saturating_sub(spent);
                continue;
            }
            let (id, name, recharge) = (resource.id, resource.name.clone(), resource.recharge);
            lines.push(ResourceLine { id, name, max, left: max.saturating_sub(spent), recharge });
        }
        lines
    }

    /// Hit dice by their sides.
    pub(super) fn hit_dice(&self) -> BTreeMap<u8, u8> {
        let mut dice = BTreeMap::new();
        for taken in &self.character.levels {
            if let Some(class) = self.library.class(taken.class) {
                *dice.entry(class.hit_die).or_insert(0_u8) += 1;
            }
        }
        dice
    }
}
