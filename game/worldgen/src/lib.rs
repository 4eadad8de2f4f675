//! From a recipe and a seed to terrain, one 64×64 m chunk at a time.
//!
//! A chunk is a pure function of (engine, recipe, seed, cell): no neighbour has to exist first, no order matters, and
//! a server, a worker and a browser get **the same bits**. What that rests on:
//!
//! - Places are integers (1/256 m). Which lattice square a point falls into is integer arithmetic; a float only ever
//!   holds the fraction inside the square.
//! - Randomness is a hash of (seed, engine, layer, lattice corner). There is no generator with a state.
//! - Floats see `+ - * /` and `sqrt` alone. No fused multiply-add, no powers, no trigonometry: their last bits differ
//!   between machines.
//! - Whatever decides (biome, slope, placement) looks at numbers that were rounded to integers first.
//!
//! What would break it: iterating a hash map, `usize` in a hash, `f32::powf`, or summing in another order. The golden
//! hashes of `tests/golden.rs` run natively and under wasm32 and catch all of these.
//!
//! ```
//! # #[cfg(feature = "authoring")] {
//! let text = include_str!("../../../config/recipes/temperate.yaml");
//! let recipe = worldgen::Recipe::from_yaml("temperate.yaml", text)?;
//! let world = worldgen::World::new(42, recipe)?;
//! let chunk = world.chunk(grid::CellCoord::new(0, 0));
//! let payload = chunk.encode();
//! assert_eq!(worldgen::Chunk::decode(&payload)?, chunk);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod area;
mod biomes;
mod chunk;
mod codec;
mod explain;
mod far;
mod features;
mod ground;
mod hash;
mod heritage;
mod kept;
mod land;
mod lanes;
mod memo;
mod noise;
mod packed;
mod paint;
#[cfg(feature = "images")]
mod picture;
mod plan;
mod proof;
mod recipe;
mod rivals;
mod shade;
mod spawns;
mod start;
pub mod steps;
mod strewn;
mod view;
mod world;

pub use area::Area;
pub use chunk::{Chunk, ENGINE, FEATURES_MAX, Feature, HEIGHT_STEP_UNITS, SQUARES, VERTICES};
pub use codec::{DecodeError, PAYLOAD_MAX, chunk_hash};
pub use explain::{Explanation, Reason};
pub use far::FarTile;
pub use paint::{COLUMNS, Look, LookLayer, Painting, Scale};
#[cfg(feature = "images")]
pub use picture::{PictureError, draw};
pub use proof::Proof;
pub use recipe::{
    Basis, Biome, BiomeTarget, Climate, Cluster, Colour, Expectation, FeatureRule, Glyph, GrownBy, LayerCost,
    Length, Material, Param, ParamUnit, Recipe, RecipeFault, Rivers, Roads, Role, Settlement, Severity,
    Share, Span, Spawn, Surface, Terrain, Tests,
};
#[cfg(feature = "authoring")]
pub use recipe::{Compiled, Fault, Places, RecipeError, compile};
pub use shade::PIXELS_BYTES;
pub use spawns::Settled;
pub use view::{LayerInfo, ViewError};
pub use world::World;
