//! What an author writes: the recipe's data, the same in YAML and on the wire to the browser.

mod check;
#[cfg(feature = "authoring")]
mod error;
mod fault;
mod quantity;
#[cfg(feature = "authoring")]
mod tree;
#[cfg(feature = "authoring")]
mod yaml;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::steps::Step;

#[cfg(feature = "authoring")]
pub use error::RecipeError;
pub use fault::RecipeFault;
pub use quantity::{Colour, Length, Share};

/// The format of recipes that this crate reads.
pub(crate) const FORMAT: u32 = 1;

/// The description of a world's generation.
///
/// Made from YAML by [`Recipe::from_yaml`]; as JSON it travels to the browser. [`World::new`](crate::World::new) checks
/// it, wherever it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The format of the recipe itself: 1.
    pub format: u32,
    /// The generator's arithmetic that the recipe was written for: 1.
    pub engine: u32,
    /// Short name in lower case.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// A sentence on what the world is like.
    #[serde(default)]
    pub about: String,
    /// Numbers with a range that the rest of the recipe refers to as `$name`.
    #[serde(default)]
    pub params: BTreeMap<String, Param>,
    /// Fields over the plane, by name; each is one step that may read others.
    pub layers: BTreeMap<String, Step>,
    /// The shape of the ground, and where one can walk.
    pub terrain: Terrain,
    /// How biomes are chosen.
    pub climate: Climate,
    /// The palette of biomes; a chunk refers to them by their place in this list.
    pub biomes: Vec<Biome>,
    /// What stands on the ground; a chunk refers to them by their place in this list.
    #[serde(default)]
    pub features: Vec<FeatureRule>,
}

/// A number that an author may turn, with its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// What it does.
    #[serde(default)]
    pub about: String,
    /// What the three numbers are counted in.
    pub unit: ParamUnit,
    /// The value in force.
    pub value: f64,
    /// The least value that makes sense.
    pub min: f64,
    /// The greatest value that makes sense.
    pub max: f64,
}

/// What a parameter is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParamUnit {
    /// Metres.
    Metres,
    /// Hundredths.
    Percent,
    /// A bare number.
    Number,
}

/// The shape of the ground, and where one can walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Terrain {
    /// The layer that gives the height in metres.
    pub height: String,
    /// The lowest height that is stored; the highest is 1,023 m above.
    pub lowest: Length,
    /// Height of the water's surface.
    pub water_level: Length,
    /// Depth of water up to which one can wade.
    pub wade_depth: Length,
    /// Steepest slope that one can walk, as rise over run.
    pub steepest_walk: Share,
    /// Colour of shallow water.
    pub shallow: Colour,
    /// Colour of deep water.
    pub deep: Colour,
}

/// How biomes are chosen: the one whose target is nearest to the point's temperature, humidity and height.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Climate {
    /// The layer that gives the temperature, 0 (coldest) to 1.
    pub temperature: String,
    /// The layer that gives the humidity, 0 (driest) to 1.
    pub humidity: String,
    /// The difference in height that weighs as much as all the way from coldest to hottest.
    pub height_scale: Length,
}

/// A kind of land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
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
}

fn yes() -> bool {
    true
}

/// A point in the space of climates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BiomeTarget {
    /// 0 (coldest) to 1.
    pub temperature: Share,
    /// 0 (driest) to 1.
    pub humidity: Share,
    /// Height of the ground.
    pub height: Length,
}

/// Limits of the ground's height and slope, ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Lowest and highest ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<(Length, Length)>,
    /// Flattest and steepest slope, as rise over run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slope: Option<(Share, Share)>,
}

/// A kind of thing that stands on the ground, and where.
///
/// The plane is cut into squares of `spacing`; each has one candidate at a hashed place. A candidate becomes a feature
/// if the conditions hold there and its dice fall below `chance`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FeatureRule {
    /// Short name in lower case.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// How maps draw it.
    pub glyph: Glyph,
    /// Colour on maps.
    pub colour: Colour,
    /// Side of the squares that have one candidate each.
    pub spacing: Length,
    /// How likely a candidate is taken.
    pub chance: Share,
    /// A layer that the chance is multiplied with, taken as 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub density: Option<String>,
    /// The biomes where it stands; all, if the list is empty.
    #[serde(default)]
    pub biomes: Vec<String>,
    /// The heights and slopes where it stands.
    #[serde(default)]
    pub within: Span,
    /// Radius of the ground that it keeps free of later features in the list.
    pub radius: Length,
    /// Smallest and largest size, of the model's own.
    pub scale: (Share, Share),
}

/// How maps draw a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Glyph {
    /// A round crown with its shadow.
    Tree,
    /// A dot.
    Rock,
    /// A broken ring of walls.
    Ruin,
}
