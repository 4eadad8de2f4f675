//! Worlds, their recipes, regions and terrain.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{BlockId, CellCoord, CellId, RegionCoord, RegionId, WorldId};
use serde::{Deserialize, Serialize};

/// A world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorldView {
    /// The world.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: WorldId,
    /// Its name.
    pub name: String,
    /// What its terrain grows from, as decimal text: all 64 bits would not survive a JavaScript number.
    pub seed: String,
    /// Id of the recipe that it was made with.
    pub recipe_id: String,
    /// Hex hash of engine, recipe and seed: two worlds of the same fingerprint have the same terrain.
    pub fingerprint: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A world's recipe, in the form that generates: what the browser needs to grow the same terrain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeView {
    /// The world.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: WorldId,
    /// What the terrain grows from, as decimal text.
    pub seed: String,
    /// The world's fingerprint.
    pub fingerprint: String,
    /// The recipe as the designer wrote it.
    pub yaml: String,
    /// The checked recipe.
    pub recipe: serde_json::Value,
}

/// A region that a Unification owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegionView {
    /// The region.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: RegionId,
    /// Its place in the world, in regions.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub coord: RegionCoord,
    /// Players in it now.
    pub players: u32,
    /// Entities in it now, players included.
    pub entities: u32,
    /// The tick that it has reached.
    pub tick: u64,
}

/// One chunk, described: the `.json` form. The terrain itself comes as `.bin`, `.r16` or `.png`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChunkView {
    /// The cell.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: CellId,
    /// The block that holds it.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub block_id: BlockId,
    /// The region that holds it.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub region_id: RegionId,
    /// Its place in the world, in cells.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub coord: CellCoord,
    /// Hex blake3 of the `.bin` payload; also its ETag.
    pub hash: String,
    /// Bytes of the `.bin` payload.
    pub size_bytes: u32,
    /// Lowest ground, in metres.
    pub height_min_m: f64,
    /// Highest ground, in metres.
    pub height_max_m: f64,
    /// Share of the cell that can be walked on, 0 to 1.
    pub walkable_share: f64,
    /// The biomes of the cell, the largest share first.
    pub biomes: Vec<BiomeShare>,
    /// What stands in the cell, counted by kind.
    pub features: Vec<FeatureCount>,
}

/// How much of a cell is of one biome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BiomeShare {
    /// The biome's id in the recipe.
    pub biome: String,
    /// 0 to 1.
    pub share: f64,
}

/// How many features of one kind stand in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeatureCount {
    /// The feature's id in the recipe.
    pub feature: String,
    /// How many.
    pub count: u32,
}

/// Asks the hashes of a square of chunks at once, for comparison with the browser's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChunkHashesRequest {
    /// The world.
    #[garde(skip)]
    pub world_id: WorldId,
    /// North-western cell.
    #[garde(skip)]
    pub first: CellCoord,
    /// Cells along the side; 1 to 16.
    #[garde(range(min = 1, max = 16))]
    pub side: u8,
}

/// The server's hash of one chunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkHash {
    /// The cell.
    pub coord: CellCoord,
    /// Hex blake3 of the `.bin` payload.
    pub hash: String,
}
