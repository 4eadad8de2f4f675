//! Where layers are evaluated: a rectangle of evenly spaced points.

use grid::{CellCoord, UNITS_PER_METRE};

use crate::chunk::VERTICES;

/// A rectangle of points, all at whole multiples of 1/256 m, row by row from the north-west.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Area {
    /// The north-western point, eastward, in 1/256 m.
    pub x: i64,
    /// The north-western point, southward, in 1/256 m.
    pub z: i64,
    /// The distance between points, in 1/256 m.
    pub step: i64,
    /// Points in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Area {
    /// The most points along a side.
    pub const SIDE_MAX: usize = 2_048;
    /// The greatest distance between points, in 1/256 m: 64 m.
    pub const STEP_MAX: i64 = 64 * UNITS_PER_METRE;

    /// The points of a cell's chunk: 65×65, a metre apart, the last row and column shared with the neighbours.
    #[must_use]
    pub fn of_chunk(cell: CellCoord) -> Self {
        let origin = cell.origin();
        Self { x: origin.x, z: origin.z, step: UNITS_PER_METRE, width: VERTICES, height: VERTICES }
    }

    /// How many points there are.
    #[must_use]
    pub const fn points(&self) -> usize {
        self.width * self.height
    }

    /// Whether it has points, and not more than can be evaluated in one go.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.width >= 1
            && self.height >= 1
            && self.width <= Self::SIDE_MAX
            && self.height <= Self::SIDE_MAX
            && self.step >= 1
            && self.step <= Self::STEP_MAX
            && self.x.unsigned_abs() <= 1 << 47
            && self.z.unsigned_abs() <= 1 << 47
    }

    /// The points of the world's lattice of `step` that hold all of this area between them, with `margin` more of them on
    /// every side. Whoever asks for whichever area finds the same lattice.
    pub(crate) fn around(&self, step: i64, margin: i64) -> Self {
        let first = |from: i64| from.div_euclid(step) - margin;
        let last =
            |from: i64, count: usize| (from + (count as i64 - 1) * self.step).div_euclid(step) + 1 + margin;
        let (column, row) = (first(self.x), first(self.z));
        Self {
            x: column * step,
            z: row * step,
            step,
            width: (last(self.x, self.width) - column + 1) as usize,
            height: (last(self.z, self.height) - row + 1) as usize,
        }
    }

    /// The easternmost and southernmost point, in 1/256 m.
    pub(crate) const fn far_corner(&self) -> (i64, i64) {
        (self.x + (self.width as i64 - 1) * self.step, self.z + (self.height as i64 - 1) * self.step)
    }
}
