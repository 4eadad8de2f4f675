//! What an author writes: the recipe's data, the same in YAML and on the wire to the browser.

mod biome;
mod check;
#[cfg(feature = "authoring")]
mod compile;
mod expectation;
mod fault;
mod feature;
mod land;
mod life;
mod quantity;
#[cfg(feature = "authoring")]
mod tree;
#[cfg(feature = "authoring")]
mod yaml;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::steps::Step;

pub use biome::{Biome, BiomeTarget, Climate, Material, Span, Surface};
pub use check::LayerCost;
#[cfg(feature = "authoring")]
pub use compile::{Compiled, Fault, RecipeError, compile};
pub use expectation::{Expectation, Tests};
pub use fault::{RecipeFault, Severity};
pub use feature::{Cluster, FeatureRule, Glyph, Role};
pub use land::{Rivers, Terrain};
pub use life::{Roads, Settlement, Spawn};
pub use quantity::{Colour, Length, Share};
#[cfg(feature = "authoring")]
pub use tree::Places;

/// The format of recipes that this crate reads.
pub(crate) const FORMAT: u32 = 1;

/// The description of a world's generation.
///
/// Made from YAML by [`compile`] or [`Recipe::from_yaml`]; as JSON it travels to the browser.
/// [`World::new`](crate::World::new) checks it, wherever it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The format of the recipe itself: 1.
    pub format: u32,
    /// The generator's arithmetic that the recipe was written for: 3.
    pub engine: u32,
    /// Short name in lower case.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// A sentence on what the world is like.
    #[serde(default)]
    pub about: String,
    /// Who grows the world's chunks.
    #[serde(default, skip_serializing_if = "GrownBy::is_everyone")]
    pub grown_by: GrownBy,
    /// Numbers with a range that the rest of the recipe refers to as `$name`.
    #[serde(default)]
    pub params: BTreeMap<String, Param>,
    /// Fields over the plane, by name; each is one step that may read others.
    pub layers: BTreeMap<String, Step>,
    /// The shape of the ground, and where one can walk.
    pub terrain: Terrain,
    /// Rivers and lakes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rivers: Option<Rivers>,
    /// How biomes are chosen.
    pub climate: Climate,
    /// What the ground is made of; a chunk refers to them by their place in this list.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// The palette of biomes; a chunk refers to them by their place in this list.
    pub biomes: Vec<Biome>,
    /// What stands on the ground; a chunk refers to them by their place in this list.
    #[serde(default)]
    pub features: Vec<FeatureRule>,
    /// Villages, towns, camps: places on level ground that roads lead to.
    #[serde(default)]
    pub settlements: Vec<Settlement>,
    /// Roads between settlements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roads: Option<Roads>,
    /// The layer that says how dangerous a place is, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<String>,
    /// Which monsters live where.
    #[serde(default)]
    pub spawns: Vec<Spawn>,
    /// What must be true of the worlds that grow from the recipe.
    #[serde(default)]
    pub tests: Tests,
}

/// Who grows a world's chunks from its recipe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrownBy {
    /// The server, and every client for itself: all get the same bits.
    #[default]
    Everyone,
    /// The server alone; clients get chunks. Steps whose bits differ between machines need this.
    Server,
}

impl GrownBy {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_everyone(&self) -> bool {
        *self == Self::Everyone
    }
}

/// A number that an author may turn, with its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParamUnit {
    /// Metres.
    Metres,
    /// Hundredths.
    Percent,
    /// A bare number.
    Number,
}

/// What noise is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Gradients on a square lattice: the quickest.
    #[default]
    Perlin,
    /// Values on a square lattice: soft blobs.
    Value,
    /// Gradients on a lattice of triangles: no grain along the axes.
    Opensimplex2,
}
