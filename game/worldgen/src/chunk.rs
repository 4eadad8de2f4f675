//! One cell's terrain.

use grid::{CellCoord, UNITS_PER_CELL, UNITS_PER_METRE};

/// The version of the generator's arithmetic. A recipe names the engine that it was written for; terrain of one engine
/// never changes, so whatever moves a bit is a new engine. Engines 1 and 2 were never released and are gone.
pub const ENGINE: u32 = 3;
/// Squares along a chunk's side, each a metre wide.
pub const SQUARES: usize = 64;
/// Height points along a chunk's side: the last row and column are the neighbours' first.
pub const VERTICES: usize = SQUARES + 1;
/// The step of stored heights, in 1/256 m: heights are exact to 1/64 m over a range of 1,024 m.
pub const HEIGHT_STEP_UNITS: i64 = 4;
/// Most features that a chunk holds.
pub const FEATURES_MAX: usize = 2_048;

/// One cell's terrain: heights, biomes, where one can walk, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The cell.
    pub coord: CellCoord,
    /// The height that a stored 0 stands for, in 1/256 m.
    pub lowest_units: i64,
    /// 65×65 heights, row by row from the north-west, in steps of [`HEIGHT_STEP_UNITS`] above `lowest_units`.
    pub heights: Vec<u16>,
    /// The height of the sea, in 1/256 m: ground below it is under water.
    pub sea_units: i64,
    /// The surface of rivers and lakes at 65×65 points, in the measure of `heights`; 0 where there is none. Empty if the
    /// chunk has none at all.
    pub water: Vec<u16>,
    /// 64×64 indices into the recipe's biomes, row by row from the north-west.
    pub biomes: Vec<u8>,
    /// 64×64 indices into the recipe's materials, row by row from the north-west.
    pub materials: Vec<u8>,
    /// How dangerous the cell is, 0 to 100.
    pub danger: u8,
    /// Where one can walk: a row each, bit `n` is the square `n` metres east.
    pub walkable: [u64; SQUARES],
    /// What stands on the ground, by kind.
    pub features: Vec<Feature>,
}

/// A thing that stands on the ground: a tree, a rock, a ruin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Index into the recipe's features.
    pub kind: u8,
    /// Eastward from the cell's corner, in 1/256 m.
    pub x: u16,
    /// Southward from the cell's corner, in 1/256 m.
    pub z: u16,
    /// Turn about the vertical, in 1/256 of a circle.
    pub yaw: u8,
    /// Size, in 1/64 of the model's own.
    pub scale: u8,
}

impl Chunk {
    /// A cell's chunk before anything is known of it.
    pub(crate) const fn blank(coord: CellCoord) -> Self {
        Self {
            coord,
            lowest_units: 0,
            heights: Vec::new(),
            sea_units: 0,
            water: Vec::new(),
            biomes: Vec::new(),
            materials: Vec::new(),
            danger: 0,
            walkable: [0; SQUARES],
            features: Vec::new(),
        }
    }

    /// The height of the point `ix` metres east and `iz` metres south of the cell's corner, in 1/256 m.
    ///
    /// # Panics
    /// If `ix` or `iz` is above 64.
    #[must_use]
    pub fn height_units(&self, ix: usize, iz: usize) -> i64 {
        assert!(ix < VERTICES, "a chunk has 65 columns of heights");
        self.lowest_units + i64::from(self.heights[iz * VERTICES + ix]) * HEIGHT_STEP_UNITS
    }

    /// The height of the water above the ground at the point `ix` metres east and `iz` metres south of the cell's corner, in
    /// 1/256 m; 0 on dry land.
    ///
    /// # Panics
    /// If `ix` or `iz` is above 64.
    #[must_use]
    pub fn water_depth_units(&self, ix: usize, iz: usize) -> i64 {
        let surface = match self.water.get(iz * VERTICES + ix) {
            None | Some(0) => self.sea_units,
            Some(stored) => (self.lowest_units + i64::from(*stored) * HEIGHT_STEP_UNITS).max(self.sea_units),
        };
        (surface - self.height_units(ix, iz)).max(0)
    }

    /// The ground's height at an offset from the cell's corner, all in 1/256 m. Offsets beyond the cell are taken to its
    /// edge.
    ///
    /// Bilinear between the four points around, in integers: server and clients agree on the last bit.
    #[must_use]
    pub fn ground_height(&self, offset_x: i64, offset_z: i64) -> i64 {
        let (x, z) = (offset_x.clamp(0, UNITS_PER_CELL), offset_z.clamp(0, UNITS_PER_CELL));
        // The eastern and southern edge belong to the last square, whose far points they are.
        let (ix, iz) =
            ((x / UNITS_PER_METRE).min(SQUARES as i64 - 1), (z / UNITS_PER_METRE).min(SQUARES as i64 - 1));
        let (fx, fz) = (x - ix * UNITS_PER_METRE, z - iz * UNITS_PER_METRE);
        let (ix, iz) = (ix as usize, iz as usize);
        let row =
            |iz| self.height_units(ix, iz) * (UNITS_PER_METRE - fx) + self.height_units(ix + 1, iz) * fx;
        (row(iz) * (UNITS_PER_METRE - fz) + row(iz + 1) * fz).div_euclid(UNITS_PER_METRE * UNITS_PER_METRE)
    }

    /// Whether one can stand at an offset from the cell's corner (in 1/256 m). Offsets beyond the cell are taken to its
    /// edge.
    #[must_use]
    pub fn is_walkable(&self, offset_x: i64, offset_z: i64) -> bool {
        let (ix, iz) = square(offset_x, offset_z);
        self.walkable[iz] >> ix & 1 == 1
    }

    /// The index into the recipe's biomes at an offset from the cell's corner (in 1/256 m). Offsets beyond the cell are
    /// taken to its edge.
    #[must_use]
    pub fn biome_at(&self, offset_x: i64, offset_z: i64) -> u8 {
        let (ix, iz) = square(offset_x, offset_z);
        self.biomes[iz * SQUARES + ix]
    }

    /// The heights as 65×65 little-endian 16-bit numbers, row by row: the raw height map that game engines import.
    #[must_use]
    pub fn to_r16(&self) -> Vec<u8> {
        self.heights.iter().flat_map(|height| height.to_le_bytes()).collect()
    }

    /// The slope of a square as (east, south) rise over one metre, each doubled, in 1/256 m.
    pub(crate) fn doubled_slope(&self, ix: usize, iz: usize) -> (i64, i64) {
        let [nw, ne, sw, se] =
            [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dz)| self.height_units(ix + dx, iz + dz));
        (ne + se - nw - sw, sw + se - nw - ne)
    }
}

fn square(offset_x: i64, offset_z: i64) -> (usize, usize) {
    let index = |offset: i64| offset.clamp(0, UNITS_PER_CELL - 1) / UNITS_PER_METRE;
    (index(offset_x) as usize, index(offset_z) as usize)
}
