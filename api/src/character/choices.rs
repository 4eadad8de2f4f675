//! The choices of the first level.

use garde::Validate;
use rules::{Ability, vocabulary::Skill};
use serde::{Deserialize, Serialize};

use super::CONTENT_ID_MAX;

/// Most places at which one picks, and most things picked at one. Nobody has as many.
const PICKS_MAX: usize = 64;
/// Most spells in one request: more than any class learns at once.
const SPELLS_MAX: usize = 64;

/// Every choice of the first level. Ids are those of `rules/…`, such as `srd:wizard`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharacterChoices {
    /// The subrace, if the race has any.
    #[serde(default)]
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub subrace: Option<String>,
    /// The background.
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:acolyte"))]
    pub background: String,
    /// Where the ability scores come from.
    #[garde(skip)]
    pub scores: ScoreChoice,
    /// Abilities that bonuses of the race go to, where it leaves that open.
    #[serde(default)]
    #[garde(length(max = 6))]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, max_items = 6))]
    pub free_bonuses: Vec<Ability>,
    /// The class.
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:wizard"))]
    pub class: String,
    /// The subclass, if the class chooses one at the first level.
    #[serde(default)]
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub subclass: Option<String>,
    /// Skills of the class's list.
    #[serde(default)]
    #[garde(length(max = 18))]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, max_items = 18))]
    pub skills: Vec<Skill>,
    /// Picks of race, background, class and features.
    #[serde(default)]
    #[garde(length(max = PICKS_MAX), dive)]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub picks: Vec<PickChoice>,
    /// Cantrips and spells.
    #[serde(default)]
    #[garde(length(max = SPELLS_MAX), dive)]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub spells: Vec<SpellChoice>,
    /// What it starts with.
    #[garde(dive)]
    pub goods: GoodsChoice,
}

/// A score for each ability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it all")]
pub struct ScoresByAbility {
    pub strength: u8,
    pub dexterity: u8,
    pub constitution: u8,
    pub intelligence: u8,
    pub wisdom: u8,
    pub charisma: u8,
}

impl ScoresByAbility {
    /// The scores in the order of a sheet.
    #[must_use]
    pub const fn in_order(self) -> [u8; 6] {
        [self.strength, self.dexterity, self.constitution, self.intelligence, self.wisdom, self.charisma]
    }
}

impl From<[u8; 6]> for ScoresByAbility {
    fn from(in_order: [u8; 6]) -> Self {
        let [strength, dexterity, constitution, intelligence, wisdom, charisma] = in_order;
        Self { strength, dexterity, constitution, intelligence, wisdom, charisma }
    }
}

/// Where ability scores come from, before anything is added to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ScoreChoice {
    /// 15, 14, 13, 12, 10 and 8, spread as one likes.
    StandardArray(ScoresByAbility),
    /// Bought with 27 points.
    PointBuy(ScoresByAbility),
    /// The six scores of the account's throw (`POST characters/scores`), spread as one likes. They are used up.
    Rolled(ScoresByAbility),
}

/// What was picked at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PickChoice {
    /// The race, class, background or feature that lets one pick.
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub of: String,
    /// Which of its picks, from 0.
    #[serde(default)]
    #[garde(skip)]
    pub number: u8,
    /// What was picked.
    #[garde(length(max = PICKS_MAX), inner(length(bytes, max = CONTENT_ID_MAX)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub chosen: Vec<String>,
}

/// A cantrip or spell of the class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpellChoice {
    /// The spell.
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:fire-bolt"))]
    pub spell: String,
    /// It is prepared, of classes that prepare.
    #[serde(default)]
    #[garde(skip)]
    pub prepared: bool,
}

/// What a character starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GoodsChoice {
    /// The class's equipment.
    Equipment {
        /// Which alternative of each of the class's choices, from 0.
        #[garde(length(max = 16))]
        #[cfg_attr(feature = "openapi", schema(max_items = 16))]
        alternatives: Vec<u8>,
        /// The things for every "any of a group" in them, in the order in which they come up.
        #[serde(default)]
        #[garde(length(max = 32), inner(length(bytes, max = CONTENT_ID_MAX)))]
        #[cfg_attr(feature = "openapi", schema(max_items = 32))]
        things: Vec<String>,
    },
    /// Gold in its place, thrown by the server.
    Gold,
}

/// Six scores that were thrown for an account: four dice each, the lowest dropped. They stay the same until a character
/// is made of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreRoll {
    /// The scores, the highest first.
    pub scores: Vec<u8>,
}
