//! How hard a fight would be: a party, the monsters that it meets, and what comes of it.

use garde::Validate;
use serde::{Deserialize, Serialize};

/// Who meets whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct EncounterQuery {
    /// Levels of the characters, each alone or with how many there are of it: `3x4,5`.
    #[garde(length(bytes, max = 128))]
    #[cfg_attr(feature = "openapi", param(max_length = 128, example = "3x4,5"))]
    pub party: String,
    /// Monsters, each alone or with how many there are of it: `srd:ogre*2,srd:goblin`.
    #[garde(length(bytes, max = 2048))]
    #[cfg_attr(feature = "openapi", param(max_length = 2048, example = "srd:ogre*2,srd:goblin"))]
    pub monsters: String,
}

/// How perilous a fight is by the reckoning of 2014.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Peril {
    /// Not worth drawing a sword for.
    Trivial,
    /// It costs hardly anything.
    Easy,
    /// A few wounds.
    Medium,
    /// Somebody may fall.
    Hard,
    /// Somebody may die.
    Deadly,
}

/// How hard a fight is by the later reckoning, in which a crowd counts as its members do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EncounterBudget {
    /// Some scary moments, no victims.
    Low,
    /// Could go badly.
    Moderate,
    /// Could be lethal.
    High,
    /// Beyond every budget.
    Beyond,
}

/// Monsters of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EncounterMonster {
    /// The record, such as `srd:ogre`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// How many.
    pub count: u32,
    /// Challenge rating, such as `1/4`.
    pub challenge: String,
    /// Experience for one of them.
    pub experience: u32,
}

/// Characters of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EncounterLevel {
    /// Their level.
    pub level: u8,
    /// How many.
    pub count: u32,
    /// Adjusted experience that each of them gets through between two long rests.
    pub daily_budget: u32,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Encounter {
    /// The party.
    pub party: Vec<EncounterLevel>,
    /// The monsters.
    pub monsters: Vec<EncounterMonster>,
    /// Experience for all of them.
    pub experience: u32,
    /// Experience for each character.
    pub award_each: u32,
    /// What experience is multiplied by, as so many monsters meet so many characters.
    pub multiplier: f64,
    /// Experience times the multiplier: what the thresholds and the day's budget are in.
    pub adjusted_experience: u32,
    /// From how much adjusted experience the fight is easy, medium, hard, deadly.
    pub thresholds: [u32; 4],
    /// How perilous it is.
    pub peril: Peril,
    /// Adjusted experience that the party gets through between two long rests.
    pub daily_budget: u32,
    /// Plain experience that a fight of low, moderate, high difficulty may be worth by the later reckoning.
    pub budgets: [u32; 3],
    /// How hard it is by that.
    pub budget: EncounterBudget,
}
