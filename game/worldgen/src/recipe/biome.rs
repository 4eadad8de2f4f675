//! Climate, biomes, and what the ground is made of.

use serde::{Deserialize, Serialize};

use super::{Colour, Length, Share};

/// How biomes are chosen: the one whose target is nearest to the point's temperature, humidity and height.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Climate {
    /// The layer that gives the temperature, 0 (coldest) to 1.
    pub temperature: String,
    /// The layer that gives the humidity, 0 (driest) to 1.
    pub humidity: String,
    /// The difference in height that weighs as much as all the way from coldest to hottest.
    pub height_scale: Length,
    /// How far two biomes mingle along their border, in the climate's measure: 0% to 20%.
    #[serde(default)]
    pub blend: Share,
}

/// What the ground is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Short name in lower case.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// Colour on maps.
    pub colour: Colour,
}

/// A kind of land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Biome {
    /// Short name in lower case.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// Colour on maps.
    pub colour: Colour,
    /// Where the biome is most at home.
    pub at: BiomeTarget,
    /// Where it may be at all. A point that no biome may cover takes the nearest regardless.
    #[serde(default)]
    pub within: Span,
    /// Whether one can walk here where slope and water allow it.
    #[serde(default = "yes")]
    pub walkable: bool,
    /// What its ground is made of: the first that applies. The recipe's first material where none does.
    #[serde(default)]
    pub surface: Vec<Surface>,
}

fn yes() -> bool {
    true
}

/// What the ground is made of, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// The material.
    pub material: String,
    /// The ground where it lies.
    #[serde(default)]
    pub within: Span,
}

/// A point in the space of climates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BiomeTarget {
    /// 0 (coldest) to 1.
    pub temperature: Share,
    /// 0 (driest) to 1.
    pub humidity: Share,
    /// Height of the ground.
    pub height: Length,
}

/// Limits of the ground and its climate, ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Coldest and hottest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<(Share, Share)>,
    /// Driest and dampest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub humidity: Option<(Share, Share)>,
    /// Lowest and highest ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<(Length, Length)>,
    /// Flattest and steepest slope, as rise over run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slope: Option<(Share, Share)>,
}
