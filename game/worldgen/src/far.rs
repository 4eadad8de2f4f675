//! Terrain seen from afar: levels of detail whose squares are 2, 4, … 64 m wide.

use grid::{CellCoord, UNITS_PER_METRE};

use crate::{
    World,
    area::Area,
    chunk::{Chunk, SQUARES, VERTICES},
    plan::Evaluation,
};

/// A tile of far terrain: 64×64 squares, each `2^level` metres wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FarTile {
    level: u8,
    x: i32,
    z: i32,
}

impl FarTile {
    /// The coarsest level: its squares are 64 m wide, a tile is as wide as a region.
    pub const LEVEL_MAX: u8 = 6;

    /// The tile `x` east and `z` south of the origin, counted in tiles of the level; none for a level that is not 1 to
    /// [`Self::LEVEL_MAX`], or beyond the world's end.
    #[must_use]
    pub fn new(level: u8, x: i32, z: i32) -> Option<Self> {
        let tile = Self { level, x, z };
        ((1..=Self::LEVEL_MAX).contains(&level) && tile.area().is_sound()).then_some(tile)
    }

    /// 1 to [`Self::LEVEL_MAX`].
    #[must_use]
    pub const fn level(self) -> u8 {
        self.level
    }

    /// Its place, in tiles of its level.
    #[must_use]
    pub const fn coord(self) -> CellCoord {
        CellCoord::new(self.x, self.z)
    }

    /// Its 65×65 points: the last row and column are the neighbours' first.
    #[must_use]
    pub const fn area(self) -> Area {
        let step = UNITS_PER_METRE << self.level;
        let side = step * SQUARES as i64;
        Area { x: self.x as i64 * side, z: self.z as i64 * side, step, width: VERTICES, height: VERTICES }
    }
}

impl World {
    /// A tile of far terrain, in the form of a chunk whose metre is `2^level` metres long and whose `coord` counts tiles:
    /// whoever reads chunks reads it, too. Heights at a tile's points are those of the world at these points, so a tile's
    /// borders are its neighbours', and every second point is one of the level above. What is too fine to be seen is left
    /// out: features everywhere, water inland, roads and levelled ground beyond squares of 16 m.
    #[must_use]
    pub fn far_chunk(&self, tile: FarTile) -> Chunk {
        let area = tile.area();
        let mut layers = Evaluation::new(&self.plan, self.lanes);
        let land = self.land(&mut layers, &area);
        let mut chunk = Chunk {
            coord: tile.coord(),
            lowest_units: self.recipe.terrain.lowest.units(),
            heights: land.heights,
            sea_units: self.recipe.terrain.water_level.units(),
            water: land.water,
            biomes: land.biomes,
            materials: land.materials,
            danger: self.spawns.danger(&mut layers, &area),
            ..Chunk::blank(tile.coord())
        };
        let rows = land.walkable.chunks_exact(SQUARES);
        for (row, walkable) in chunk.walkable.iter_mut().zip(rows) {
            *row = walkable.iter().rev().fold(0, |bits, square| bits << 1 | u64::from(*square));
        }
        chunk
    }

    /// A tile as seen from above, 64×64 RGBA pixels, row by row, north up.
    #[must_use]
    pub fn far_picture(&self, tile: FarTile) -> Vec<u8> {
        let pixels = Area { width: SQUARES, height: SQUARES, ..tile.area() };
        let look = crate::Look { hillshade: true, water: true, ..crate::Look::default() };
        self.paint(&look, &pixels).map(|painting| painting.pixels).unwrap_or_default()
    }
}
