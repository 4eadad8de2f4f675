//! What stands on the ground: plants, rocks, ores, ruins.

use serde::{Deserialize, Serialize};

use super::{Colour, Length, Share, Span};

/// A kind of thing that stands on the ground, and where.
///
/// Places are strewn at random, no two nearer than `spacing`, as dense as that allows, across all chunks. A place bears the
/// thing if the conditions hold there and its dice fall below `chance`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FeatureRule {
    /// Short name in lower case.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// What it is to the game.
    #[serde(default)]
    pub role: Role,
    /// How maps draw it.
    pub glyph: Glyph,
    /// Colour on maps.
    pub colour: Colour,
    /// The least distance between two of them.
    pub spacing: Length,
    /// How likely a place is taken.
    pub chance: Share,
    /// A layer that the chance is multiplied with, taken as 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub density: Option<String>,
    /// The biomes where it stands; all, if the list is empty.
    #[serde(default)]
    pub biomes: Vec<String>,
    /// The ground where it stands.
    #[serde(default)]
    pub within: Span,
    /// Radius of the ground that it keeps free of later features in the list.
    pub radius: Length,
    /// Smallest and largest size, of the model's own.
    pub scale: (Share, Share),
    /// Several around each place, as ores lie in veins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
    /// Whether nobody can walk through it.
    #[serde(default)]
    pub blocks: bool,
    /// Seeds the places instead of the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

/// Several things around one place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// How many at most, 2 to 16.
    pub count: u32,
    /// How far they lie from the place, up to 32 m.
    pub reach: Length,
}

/// What a feature is to the game.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// To be seen.
    #[default]
    Scenery,
    /// Grows.
    Plant,
    /// To be mined or gathered.
    Resource,
    /// Built by someone.
    Structure,
}

/// How maps draw a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Glyph {
    /// A round crown with its shadow.
    Tree,
    /// A dot.
    Rock,
    /// A broken ring of walls.
    Ruin,
    /// A gable with its shadow.
    House,
    /// A glint in the ground.
    Ore,
}
