//! What a character begins with: races, subraces, backgrounds, languages.

use serde::{Deserialize, Serialize};

use crate::vocabulary::{Size, Skill};
use crate::{Ability, Id};

use super::{Coverage, FeaturePick, StartingItem};

/// A race. Its traits are features that name it in `of`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Race {
    /// Its id, such as `srd:elf`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// What it adds to abilities.
    pub scores: Vec<ScoreBonus>,
    /// Its size.
    pub size: Size,
    /// Its walking speed in feet.
    pub speed: u16,
    /// Languages that it speaks.
    pub languages: Vec<Id>,
    /// What there is to choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<FeaturePick>,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

/// What is added to an ability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoreBonus {
    /// Which; one of the character's choice, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ability: Option<Ability>,
    /// How much.
    pub bonus: u8,
}

/// A subrace. Its traits are features that name it in `of`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subrace {
    /// Its id, such as `srd:high-elf`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// Its race.
    pub of: Id,
    /// What it adds to abilities.
    pub scores: Vec<ScoreBonus>,
    /// What there is to choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<FeaturePick>,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

/// A background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Background {
    /// Its id.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// Skills that it gives.
    pub skills: Vec<Skill>,
    /// Tools that it gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Id>,
    /// What there is to choose, such as languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<FeaturePick>,
    /// What it starts with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<StartingItem>,
    /// Gold pieces that it starts with.
    #[serde(default)]
    pub gold: u16,
    /// What else it means, in our own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub narrative: String,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

/// A language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its id.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// The script that it is written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// Few learn it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exotic: bool,
}
