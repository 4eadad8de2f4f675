//! Features of classes, traits of races and monsters, feats: what a creature is or can, lastingly.

use serde::{Deserialize, Serialize};

use crate::Id;
use crate::language::{Effect, expr::Expr};

use super::Coverage;

/// A feature. It is an effect without an end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// Its id, such as `srd:sneak-attack`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// The class, subclass, race or subrace that gives it, or several of them; left out for feats, traits of monsters, and what
    /// is picked.
    #[serde(default, with = "owners", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "authoring", schemars(with = "owners::Written"))]
    pub of: Vec<Id>,
    /// From which level of that class, or of the character.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub level: u8,
    /// It can be chosen only if this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requires: Option<Expr>,
    /// A feature of which this is a later, better version; it takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// What it does.
    #[serde(default, skip_serializing_if = "nothing")]
    pub gives: Effect,
    /// What there is to choose, with it or at later levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<FeaturePick>,
    /// Something that only people can play out, in our own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub narrative: String,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

/// One owner is written as such, several as a list.
mod owners {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::Id;

    #[derive(Serialize, Deserialize)]
    #[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
    #[serde(untagged)]
    pub(super) enum Written {
        One(Id),
        Several(Vec<Id>),
    }

    pub(super) fn serialize<S: Serializer>(owners: &[Id], serializer: S) -> Result<S::Ok, S::Error> {
        match owners {
            [one] => Written::One(*one).serialize(serializer),
            several => Written::Several(several.to_vec()).serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Id>, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::One(one) => vec![one],
            Written::Several(several) => several,
        })
    }
}

const fn first() -> u8 {
    1
}

const fn is_first(level: &u8) -> bool {
    *level == 1
}

pub(super) fn nothing(effect: &Effect) -> bool {
    *effect == Effect::default()
}

impl Feature {
    /// Whether this class, subclass, race or subrace gives it.
    #[must_use]
    pub fn is_of(&self, owner: Id) -> bool {
        self.of.contains(&owner)
    }
}

/// A choice among features, skills, spells and the like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FeaturePick {
    /// How many; may grow with `@class_level`.
    pub count: Expr,
    /// Among these features.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Id>,
    /// Among these words: skills, tools, languages, damage types, abilities …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Id>,
    /// Among the spells of this class's list, up to `spell_level`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spells_of: Option<Id>,
    /// Highest level of such spells; 0 for cantrips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spell_level: Option<Expr>,
    /// What the chosen words mean: `expertise`, `proficiency`, `language`, `resist` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<Id>,
}
