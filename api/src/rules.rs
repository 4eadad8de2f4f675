//! The rules' content, as a compendium shows it.

use garde::Validate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RulesKind {
    /// The classes of characters.
    Classes,
    /// The races of characters.
    Races,
    /// Spells.
    Spells,
    /// Monsters.
    Monsters,
    /// Weapons, armour, gear and magic items.
    Items,
    /// Conditions.
    Conditions,
}

impl RulesKind {
    /// All of them, in the order in which people look for them.
    pub const ALL: [Self; 6] =
        [Self::Spells, Self::Monsters, Self::Items, Self::Classes, Self::Races, Self::Conditions];

    /// The kind's name in paths.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Classes => "classes",
            Self::Races => "races",
            Self::Spells => "spells",
            Self::Monsters => "monsters",
            Self::Items => "items",
            Self::Conditions => "conditions",
        }
    }

    /// The kind with this name in paths.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Which records to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct RulesFilter {
    /// Words that the name contains, whatever their case.
    #[garde(length(bytes, max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub name: Option<String>,
    /// `next` of the page before; absent for the first page.
    #[garde(length(bytes, max = 128))]
    #[cfg_attr(feature = "openapi", param(max_length = 128))]
    pub cursor: Option<String>,
}

/// How much of a record the engine plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RulesCoverage {
    /// All of it.
    Executable,
    /// All but what `missing` tells.
    Partial,
    /// Its cost, time and range; the rest is for people to play out.
    Narrative,
}

/// A record in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulesEntry {
    /// The record, such as `srd:fireball`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What tells it from its neighbours, such as `level 3, evocation`.
    pub summary: String,
    /// How much of it the engine plays.
    pub coverage: RulesCoverage,
}

/// A short fact with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulesFact {
    /// Such as `Range`.
    pub name: String,
    /// Such as `60 feet`.
    pub value: String,
}

/// A paragraph, made of the data that is played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulesParagraph {
    /// Its heading; empty where there is none.
    pub heading: String,
    /// What it says.
    pub text: String,
}

/// A roll as a dice expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulesRoll {
    /// Such as `Bite, to hit`.
    pub name: String,
    /// Such as `1d20 + 4 [Strength] + 2 [Proficiency]`.
    pub roll: String,
}

/// One record, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulesRecord {
    /// The record, such as `srd:fireball`.
    pub id: String,
    /// What kind it is of.
    pub kind: RulesKind,
    /// Its name for people.
    pub name: String,
    /// How much of it the engine plays.
    pub coverage: RulesCoverage,
    /// What is missing, if it is played in part.
    pub missing: Vec<String>,
    /// Facts in a line each.
    pub facts: Vec<RulesFact>,
    /// What it does.
    pub text: Vec<RulesParagraph>,
    /// Dice that it throws, each part with its source; of monsters.
    pub rolls: Vec<RulesRoll>,
    /// The record as it is written: what is played, explained and forecast.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: Value,
}

/// How much of a group of the source runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoverageGroup {
    /// Such as `spells`.
    pub name: String,
    /// Rows of the source.
    pub rows: u32,
    /// Rows that run wholly.
    pub executable: u32,
    /// Rows of which something is missing.
    pub partial: u32,
    /// Rows that people play out.
    pub narrative: u32,
    /// The rows that don't run wholly, by name.
    pub gaps: Vec<CoverageGap>,
}

/// A row that does not run wholly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoverageGap {
    /// The record that stands for it.
    pub id: String,
    /// Its kind, where the compendium shows it.
    pub kind: Option<RulesKind>,
    /// How much of it runs.
    pub coverage: RulesCoverage,
    /// What is missing; nothing of what people play out.
    pub missing: Vec<String>,
}
