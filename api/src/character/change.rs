//! What may be changed about a character.

use garde::Validate;
use rules::Ability;
use serde::{Deserialize, Serialize};

use super::{CONTENT_ID_MAX, CharacterRecord, PickChoice};

/// How the hit points of a level are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum HitPointsGained {
    /// The average of the hit die, rounded up.
    #[default]
    Average,
    /// The server throws the hit die.
    Rolled,
}

/// `POST characters/{id}/levels`: one more level. What it lets one choose may come along or follow later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelUpRequest {
    /// In which class; one that is new to the character joins the others.
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:wizard"))]
    pub class: String,
    /// The subclass, at the level at which the class asks for one.
    #[serde(default)]
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub subclass: Option<String>,
    /// How its hit points are found.
    #[serde(default)]
    #[garde(skip)]
    pub hit_points: HitPointsGained,
}

/// `POST characters/{id}/choices`: what was left open so far. Nothing that was chosen is taken back by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChooseRequest {
    /// Skills to add, such as `perception`.
    #[garde(length(max = 18))]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, max_items = 18))]
    pub skills: Vec<rules::vocabulary::Skill>,
    /// Raised abilities and feats to add.
    #[garde(length(max = 20), dive)]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub improvements: Vec<ImprovementChoice>,
    /// Picks of features and the like to add to those that were made.
    #[garde(length(max = 64), dive)]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub picks: Vec<PickChoice>,
}

/// What a level gives that raises abilities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ImprovementChoice {
    /// A point for each, or two for the same.
    Scores {
        /// The first point.
        #[garde(skip)]
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "strength"))]
        first: Ability,
        /// The second point.
        #[garde(skip)]
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "strength"))]
        second: Ability,
    },
    /// A feat in their place.
    Feat(#[garde(length(bytes, max = CONTENT_ID_MAX))] String),
}

/// How long a rest is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RestKind {
    /// An hour, in which hit dice may be spent.
    Short,
    /// The night.
    Long,
}

/// `POST characters/{id}/rests`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestRequest {
    /// How long.
    #[garde(skip)]
    pub kind: RestKind,
    /// Sides of the hit dice that a short rest spends, one after the other.
    #[serde(default)]
    #[garde(length(max = 20))]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub hit_dice: Vec<u8>,
}

/// A hit die that was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HitDieSpentView {
    /// Its sides.
    pub sides: u8,
    /// What it showed.
    pub shown: u32,
    /// Hit points regained: the die and Constitution.
    pub regained: u32,
}

/// The character after its rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestReply {
    /// Hit dice that were spent.
    pub spent: Vec<HitDieSpentView>,
    /// The character.
    pub record: CharacterRecord,
}

/// What is done with a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum InventoryDeed {
    /// Put on, or taken in hand.
    Equip,
    /// Taken off, or put away.
    Unequip,
    /// Attuned to.
    Attune,
    /// No longer attuned to.
    EndAttunement,
    /// Bought at its listed price, by the bundle.
    Buy,
    /// Thrown away.
    Drop,
    /// Given by staff, who need `edit_entities`.
    Grant,
}

/// `POST characters/{id}/inventory`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InventoryRequest {
    /// What to do.
    #[garde(skip)]
    #[serde(rename = "do")]
    pub deed: InventoryDeed,
    /// With what, such as `srd:longsword`.
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:longsword"))]
    pub item: String,
    /// How many are bought (in bundles), thrown away or given.
    #[serde(default = "one")]
    #[garde(range(min = 1, max = 1000))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000))]
    pub count: u32,
}

const fn one() -> u32 {
    1
}

/// `POST characters/{id}/spells`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpellsRequest {
    /// The class through which they are known.
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:wizard"))]
    pub class: String,
    /// Cantrips and spells to learn, or to write into the book.
    #[serde(default)]
    #[garde(length(max = 64), inner(length(bytes, max = CONTENT_ID_MAX)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub learn: Vec<String>,
    /// All spells that are prepared from now on, of classes that prepare; nothing changes if absent.
    #[serde(default)]
    #[garde(length(max = 64), inner(inner(length(bytes, max = CONTENT_ID_MAX))))]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub prepare: Option<Vec<String>>,
}

/// `POST characters/{id}/experience`: an award by staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GainExperienceRequest {
    /// Experience points to add.
    #[garde(range(min = 1, max = 355_000))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 355_000))]
    pub points: u32,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}
