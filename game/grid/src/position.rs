//! Fixed-point positions: exact at any distance, equal on every machine.

use serde::{Deserialize, Serialize};

use crate::{CellCoord, RegionCoord, coord::CELL_METRES};

/// Position units in a metre.
pub const UNITS_PER_METRE: i64 = 256;
/// Position units along a cell's side.
pub const UNITS_PER_CELL: i64 = CELL_METRES * UNITS_PER_METRE;

/// A point of a world in units of 1/256 m. `x` grows eastward, `y` upward, `z` southward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Eastward, in 1/256 m.
    pub x: i64,
    /// Upward from the datum, in 1/256 m.
    pub y: i64,
    /// Southward, in 1/256 m.
    pub z: i64,
}

impl Position {
    /// A point given in 1/256 m.
    #[must_use]
    pub const fn new(x: i64, y: i64, z: i64) -> Self {
        Self { x, y, z }
    }

    /// A point given in whole metres; saturates.
    #[must_use]
    pub const fn from_metres(x: i64, y: i64, z: i64) -> Self {
        Self {
            x: x.saturating_mul(UNITS_PER_METRE),
            y: y.saturating_mul(UNITS_PER_METRE),
            z: z.saturating_mul(UNITS_PER_METRE),
        }
    }

    /// The cell that holds the point. A point beyond the `i32` grid of cells belongs to the outermost cell.
    #[must_use]
    pub fn cell(self) -> CellCoord {
        CellCoord::new(cell_index(self.x), cell_index(self.z))
    }

    /// The region that holds the point.
    #[must_use]
    pub fn region(self) -> RegionCoord {
        self.cell().region()
    }

    /// The point's offset from its cell's corner, in 1/256 m: both within `0..16_384`.
    #[must_use]
    pub const fn offset_in_cell(self) -> (u16, u16) {
        (self.x.rem_euclid(UNITS_PER_CELL) as u16, self.z.rem_euclid(UNITS_PER_CELL) as u16)
    }

    /// Horizontal distance squared, in (1/256 m)²; height is left out.
    #[must_use]
    pub const fn ground_distance_squared(self, other: Self) -> u128 {
        let (dx, dz) = (self.x.abs_diff(other.x) as u128, self.z.abs_diff(other.z) as u128);
        // Two squares of 64-bit values can pass 2^128 only at opposite ends of the number line.
        (dx * dx).saturating_add(dz * dz)
    }
}

fn cell_index(units: i64) -> i32 {
    let index = units.div_euclid(UNITS_PER_CELL);
    i32::try_from(index).unwrap_or(if index < 0 { i32::MIN } else { i32::MAX })
}
