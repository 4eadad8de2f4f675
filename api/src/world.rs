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
    /// The version of the recipe that it grows from, from 1.
    pub recipe_version: u32,
    /// Hex hash of engine, recipe and seed: two worlds of the same fingerprint have the same terrain. It changes with the
    /// start of the server at which another version of the recipe takes effect.
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
    /// The version of the recipe that is in force, from 1.
    pub version: u32,
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

/// What a region keeps of its last minutes: all that it was told, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordingView {
    /// The region.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: RegionId,
    /// Minutes that it holds at least, once they have passed; up to twice as many.
    pub minutes: u32,
    /// Memory for it, in MiB: where people do so much that it fills sooner, it holds less time than that.
    pub mib: u32,
    /// The tick after which it begins, of 60 a second; 0, if it begins with the region.
    pub begins_after_tick: u64,
    /// The last tick in it.
    pub until_tick: u64,
}

/// How much a region is to keep of its last minutes, until it is started anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeepRecording {
    /// Minutes that it holds at least.
    #[garde(range(min = 1, max = 240))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 240))]
    pub minutes: u32,
    /// Memory for it, in MiB.
    #[garde(range(min = 8, max = 4096))]
    #[cfg_attr(feature = "openapi", schema(minimum = 8, maximum = 4096))]
    pub mib: u32,
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
    /// The world's fingerprint: with it in the address (`?fingerprint=…`) a chunk can be kept for ever.
    pub fingerprint: String,
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

/// A tile of far terrain: 64×64 squares, each `2^level` metres wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Validate)]
pub struct TileQuery {
    /// 1 to 6.
    #[garde(range(min = 1, max = 6))]
    pub level: u8,
    /// Eastward, in tiles of the level.
    #[garde(skip)]
    pub x: i32,
    /// Southward, in tiles of the level.
    #[garde(skip)]
    pub z: i32,
}

/// A tile of far terrain, described: the `.json` form. The terrain itself comes as `.bin`, `.r16` or `.png`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FarTileView {
    /// 1 to 6.
    pub level: u8,
    /// Eastward, in tiles of the level.
    pub x: i32,
    /// Southward, in tiles of the level.
    pub z: i32,
    /// Metres along a square's side.
    pub square_m: u32,
    /// Hex blake3 of the `.bin` payload; also its ETag.
    pub hash: String,
    /// The world's fingerprint: with it in the address (`?fingerprint=…`) a tile can be kept for ever.
    pub fingerprint: String,
    /// Bytes of the `.bin` payload.
    pub size_bytes: u32,
    /// Lowest ground, in metres.
    pub height_min_m: f64,
    /// Highest ground, in metres.
    pub height_max_m: f64,
}

/// Which terrain is meant, by those who keep it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct TerrainFilter {
    /// The world's fingerprint. With it the answer can be kept for ever; without it, it has to be asked for again. Terrain
    /// of another fingerprint than the world's is not found.
    #[garde(length(bytes, max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub fingerprint: Option<String>,
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
