//! The integer coordinates of regions, blocks and cells, and the ids derived from them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BlockId, CellId, Position, RegionId, WorldId, position::UNITS_PER_CELL};

/// Metres along a cell's side.
pub const CELL_METRES: i64 = 64;
/// Cells along a block's side.
pub const BLOCK_CELLS: i32 = 8;
/// Blocks along a region's side.
pub const REGION_BLOCKS: i32 = 8;
/// Cells along a region's side.
pub const REGION_CELLS: i32 = BLOCK_CELLS * REGION_BLOCKS;
/// Metres along a block's side.
pub const BLOCK_METRES: i64 = CELL_METRES * BLOCK_CELLS as i64;
/// Metres along a region's side.
pub const REGION_METRES: i64 = CELL_METRES * REGION_CELLS as i64;

macro_rules! coords {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name {
            /// Eastward.
            pub x: i32,
            /// Southward.
            pub z: i32,
        }

        impl $name {
            /// The coordinate `x` east and `z` south of the origin.
            #[must_use]
            pub const fn new(x: i32, z: i32) -> Self {
                Self { x, z }
            }

            fn derive_uuid(self, world: WorldId) -> Uuid {
                // The kind's name is part of the hashed text, so that a block and a cell of equal coordinates differ.
                Uuid::new_v5(&world.uuid(), format!("{}:{}:{}", stringify!($name), self.x, self.z).as_bytes())
            }
        }
    )+};
}

coords! {
    /// A region's place in the world, in regions.
    RegionCoord,
    /// A block's place in the world, in blocks.
    BlockCoord,
    /// A cell's place in the world, in cells.
    CellCoord,
}

impl RegionCoord {
    /// The region's id in `world`.
    #[must_use]
    pub fn id(self, world: WorldId) -> RegionId {
        RegionId::from_uuid(self.derive_uuid(world))
    }

    /// The region's north-western cell; saturates at the edge of the `i32` grid.
    #[must_use]
    pub const fn first_cell(self) -> CellCoord {
        CellCoord::new(self.x.saturating_mul(REGION_CELLS), self.z.saturating_mul(REGION_CELLS))
    }

    /// All cells of the region, row by row from the north-west.
    pub fn cells(self) -> impl Iterator<Item = CellCoord> {
        let first = self.first_cell();
        (0..REGION_CELLS)
            .flat_map(move |z| (0..REGION_CELLS).map(move |x| CellCoord::new(first.x + x, first.z + z)))
    }
}

impl BlockCoord {
    /// The block's id in `world`.
    #[must_use]
    pub fn id(self, world: WorldId) -> BlockId {
        BlockId::from_uuid(self.derive_uuid(world))
    }

    /// The region that holds the block.
    #[must_use]
    pub const fn region(self) -> RegionCoord {
        RegionCoord::new(self.x.div_euclid(REGION_BLOCKS), self.z.div_euclid(REGION_BLOCKS))
    }
}

impl CellCoord {
    /// The cell's id in `world`.
    #[must_use]
    pub fn id(self, world: WorldId) -> CellId {
        CellId::from_uuid(self.derive_uuid(world))
    }

    /// The block that holds the cell.
    #[must_use]
    pub const fn block(self) -> BlockCoord {
        BlockCoord::new(self.x.div_euclid(BLOCK_CELLS), self.z.div_euclid(BLOCK_CELLS))
    }

    /// The region that holds the cell.
    #[must_use]
    pub const fn region(self) -> RegionCoord {
        RegionCoord::new(self.x.div_euclid(REGION_CELLS), self.z.div_euclid(REGION_CELLS))
    }

    /// The position of the cell's north-western corner at height 0.
    #[must_use]
    pub const fn origin(self) -> Position {
        Position { x: self.x as i64 * UNITS_PER_CELL, y: 0, z: self.z as i64 * UNITS_PER_CELL }
    }

    /// Chebyshev distance in cells: the ring of a square area of interest that `other` lies on.
    #[must_use]
    pub const fn ring(self, other: Self) -> u32 {
        let (dx, dz) = (self.x.abs_diff(other.x), self.z.abs_diff(other.z));
        if dx > dz { dx } else { dz }
    }
}
