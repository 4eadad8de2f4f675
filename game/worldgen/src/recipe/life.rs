//! Where people live and travel, and what lives beside them.

use serde::{Deserialize, Serialize};

use super::{Colour, Length, Share, Span};

/// A kind of place where people live.
///
/// The plane is cut into squares of `spacing`; each has one candidate that keeps `separation` from the next square's. Where
/// the conditions hold, it is settled: the ground is levelled, and houses stand around the middle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// Short name in lower case.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// Side of the squares that have one candidate each: 256 m to 8 km.
    pub spacing: Length,
    /// Least distance between the candidates of two squares.
    pub separation: Length,
    /// How likely a candidate is taken.
    pub chance: Share,
    /// The biomes where it lies; all, if the list is empty.
    #[serde(default)]
    pub biomes: Vec<String>,
    /// The ground where it lies.
    #[serde(default)]
    pub within: Span,
    /// Radius of the levelled ground: 8 m to 96 m.
    pub radius: Length,
    /// How far the ground may rise or fall over the radius for people to settle.
    pub unevenness: Length,
    /// How many houses stand around the middle, up to 40.
    pub houses: u32,
    /// The feature that its houses are.
    pub house: String,
    /// Seeds the places instead of the id: two kinds of one salt compete for the same places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

/// Roads between settlements.
///
/// Each settlement is joined to those that no third one lies between. A road seeks its way over gentle ground, around
/// water, and levels the ground that it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Roads {
    /// Width of the way.
    pub width: Length,
    /// The longest road, as the crow flies: up to 4 km.
    pub longest: Length,
    /// How much a slope is shunned: a way that climbs 1 m over 1 m counts this many times its length.
    pub effort: f32,
    /// Material of the way.
    pub material: String,
    /// Colour on maps.
    pub colour: Colour,
}

/// A kind of monster, and where it lives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Spawn {
    /// Id of the monster in the rules' content.
    pub monster: String,
    /// The biomes where it lives; all, if the list is empty.
    #[serde(default)]
    pub biomes: Vec<String>,
    /// The danger of the places where it lives, from least to greatest, 0% to 100%.
    pub danger: (Share, Share),
    /// How often it is met, beside the others that may live there: 1 to 1000.
    pub weight: u32,
    /// How many come together, from fewest to most: 1 to 20.
    pub group: (u32, u32),
}
