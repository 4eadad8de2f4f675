//! Classes and subclasses.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::expr::Expr;
use crate::{Ability, AbilityScores, Id};

use super::Coverage;

/// A class. Its features are records of their own that name it in `of`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its id, such as `srd:wizard`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// Sides of its hit die.
    pub hit_die: u8,
    /// Saves that it is proficient in.
    pub saves: Vec<Ability>,
    /// Weapons, armour and tools that it is proficient with: `simple-weapons`, `heavy-armor`, `srd:longsword` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proficiencies: Vec<Id>,
    /// Skills to choose.
    pub skills: SkillPick,
    /// What else there is to choose at the first level, such as tools.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_picks: Vec<super::FeaturePick>,
    /// Starting equipment: one of each list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<Vec<Vec<StartingItem>>>,
    /// Starting gold in its place, in gold pieces, such as `5d4 * 10`.
    pub gold: Expr,
    /// How it joins other classes.
    pub multiclass: Multiclass,
    /// Its spells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spells: Option<ClassSpells>,
    /// From which level its subclass counts.
    pub subclass_level: u8,
    /// What its subclasses are called.
    pub subclass_name: String,
    /// Levels at which it raises abilities.
    pub improvements: Vec<u8>,
    /// Columns of its table, twenty numbers each, such as rage damage.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Id, Vec<i32>>,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

/// Skills to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SkillPick {
    /// How many.
    pub count: u8,
    /// Among these; all, if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<crate::vocabulary::Skill>,
}

/// A thing that a class or background starts with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StartingItem {
    /// An item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Any of a group: `simple-weapon`, `martial-melee-weapon`, `musical-instrument`, `holy-symbol` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub any: Option<Id>,
    /// How many.
    #[serde(default = "one")]
    pub count: u16,
}

const fn one() -> u16 {
    1
}

/// What the abilities of a class must be to join it to others.
const MULTICLASS_SCORE_MIN: u8 = 13;

/// How a class joins others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Multiclass {
    /// Abilities that must be 13 at least, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<Ability>,
    /// One of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Ability>,
    /// Proficiencies that a later class gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proficiencies: Vec<Id>,
    /// Skills that it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skills: Option<SkillPick>,
}

impl Multiclass {
    /// Whether somebody with these scores may join the class to others, or others to it. Source: SRD 5.1, "Multiclassing".
    #[must_use]
    pub fn allows(&self, scores: &AbilityScores) -> bool {
        let enough = |ability: &Ability| scores[*ability] >= MULTICLASS_SCORE_MIN;
        self.all_of.iter().all(enough) && (self.one_of.is_empty() || self.one_of.iter().any(enough))
    }
}

/// How a class casts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClassSpells {
    /// With which ability.
    pub ability: Ability,
    /// How its slots grow.
    pub progress: SpellProgress,
    /// How it comes by its spells.
    pub preparation: Preparation,
    /// Cantrips known, by `@class_level`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cantrips: Option<Expr>,
    /// Spells known, by `@class_level`, of classes that know a few or keep them in a book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Expr>,
    /// It casts rituals: `prepared` ones or any in its `book`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rituals: Option<Id>,
    /// What serves as focus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<Id>,
}

/// How slots grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpellProgress {
    /// With each level.
    Full,
    /// With each second level.
    Half,
    /// With each third level.
    Third,
    /// Few, of the highest level, back after any rest.
    Pact,
}

/// How a class comes by its spells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Preparation {
    /// It knows a few for good.
    Known,
    /// It prepares some of its whole list each day.
    List,
    /// It prepares some of its spellbook each day.
    Book,
}

/// A subclass. Its features name it in `of`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subclass {
    /// Its id, such as `srd:life-domain`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// Its class.
    pub of: Id,
    /// Spells that it always has, by class level.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub spells: BTreeMap<u8, Vec<Id>>,
    /// Spells that it adds to the list of its class, by class level.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub list: BTreeMap<u8, Vec<Id>>,
    /// Spells that it has by a choice, such as a land, by class level.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub spells_by_choice: BTreeMap<Id, BTreeMap<u8, Vec<Id>>>,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}
