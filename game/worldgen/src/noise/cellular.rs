//! Cellular (Worley) noise: how far it is to the nearest of points strewn one a lattice square.

use super::{axis::Axis, octave::Ways};
use crate::{hash, lanes::Kernel};

/// Which of the distances is wanted, in wavelengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// To the nearest point.
    Nearest,
    /// To the second nearest.
    Second,
    /// The difference: 0 on the border between two points' cells.
    Edge,
}

/// A lattice with one point in each square.
pub(crate) struct Cells {
    pub(crate) seed: u64,
    /// Side of the squares, in 1/256 m.
    pub(crate) spacing: i64,
    /// How far a point strays from the middle of its square, 0 to 1.
    pub(crate) jitter: f32,
    pub(crate) measure: Measure,
}

/// The nine squares' points around each column of an area, along one lattice row.
struct Near {
    x: [Vec<f32>; 9],
    z: [Vec<f32>; 9],
}

impl Cells {
    /// Measures from every point. Without a warp; a warped one goes point by point.
    pub(crate) fn read(&self, ways: Ways<'_>, out: &mut [f32]) {
        match ways.warp {
            None => self.read_rows(ways, out),
            Some(warp) => {
                let area = ways.area;
                for (i, out) in out.iter_mut().enumerate() {
                    let x = area.x + (i % area.width) as i64 * area.step + i64::from(warp.x[i]);
                    let z = area.z + (i / area.width) as i64 * area.step + i64::from(warp.z[i]);
                    *out = self.at(x, z);
                }
            }
        }
    }

    fn at(&self, x: i64, z: i64) -> f32 {
        let (column, row) = (x.div_euclid(self.spacing), z.div_euclid(self.spacing));
        let per_unit = 1.0 / self.spacing as f32;
        let fx = (x - column * self.spacing) as f32 * per_unit;
        let fz = (z - row * self.spacing) as f32 * per_unit;
        let (mut first, mut second) = (f32::MAX, f32::MAX);
        for (dx, dz) in (-1..=1).flat_map(|dz| (-1..=1).map(move |dx| (dx, dz))) {
            let (px, pz) = self.point(column + dx, row + dz);
            let (x, z) = (px + dx as f32 - fx, pz + dz as f32 - fz);
            (first, second) = nearer(first, second, x * x + z * z);
        }
        self.measured(first, second)
    }

    /// The point of a square, from its corner, in wavelengths.
    fn point(&self, column: i64, row: i64) -> (f32, f32) {
        let hash = hash::at(self.seed, column, row);
        let within = |bits: u64| 0.5 + ((bits & 0xffff) as f32 * (1.0 / 65_536.0) - 0.5) * self.jitter;
        (within(hash >> 16), within(hash >> 40))
    }

    #[inline(always)]
    fn measured(&self, first: f32, second: f32) -> f32 {
        match self.measure {
            Measure::Nearest => first.sqrt(),
            Measure::Second => second.sqrt(),
            Measure::Edge => second.sqrt() - first.sqrt(),
        }
    }

    fn read_rows(&self, ways: Ways<'_>, out: &mut [f32]) {
        let area = ways.area;
        let columns = Axis::of(area.x, area.step, area.width, self.spacing);
        let rows = Axis::of(area.z, area.step, area.height, self.spacing);
        let mut near = Near { x: Default::default(), z: Default::default() };
        let mut known = None;
        for (out, (square, fz)) in
            out.chunks_exact_mut(area.width).zip(rows.squares.iter().zip(&rows.fractions))
        {
            if known != Some(*square) {
                self.strew(&columns, rows.first + i64::from(*square), &mut near);
                known = Some(*square);
            }
            ways.lanes.run(Row { cells: self, fx: &columns.fractions, fz: *fz, near: &near, out });
        }
    }

    fn strew(&self, columns: &Axis, row: i64, near: &mut Near) {
        for dz in 0..3 {
            let points: Vec<(f32, f32)> = (0..columns.corners() as i64 + 1)
                .map(|i| self.point(columns.first - 1 + i, row - 1 + dz as i64))
                .collect();
            for dx in 0..3 {
                let (x, z) = (&mut near.x[dz * 3 + dx], &mut near.z[dz * 3 + dx]);
                x.clear();
                z.clear();
                for square in &columns.squares {
                    let (px, pz) = points[*square as usize + dx];
                    x.push(px + (dx as f32 - 1.0));
                    z.push(pz + (dz as f32 - 1.0));
                }
            }
        }
    }
}

#[inline(always)]
fn nearer(first: f32, second: f32, distance: f32) -> (f32, f32) {
    let least = if distance < first { distance } else { first };
    let rest = if distance < first { first } else { distance };
    (least, if rest < second { rest } else { second })
}

struct Row<'a> {
    cells: &'a Cells,
    fx: &'a [f32],
    fz: f32,
    near: &'a Near,
    out: &'a mut [f32],
}

impl Kernel for Row<'_> {
    #[inline(always)]
    fn run(self) {
        let count = self.out.len();
        let x = self.near.x.each_ref().map(|x| &x[..count]);
        let z = self.near.z.each_ref().map(|z| &z[..count]);
        let fx = &self.fx[..count];
        for i in 0..count {
            let (mut first, mut second) = (f32::MAX, f32::MAX);
            for n in 0..9 {
                let (x, z) = (x[n][i] - fx[i], z[n][i] - self.fz);
                (first, second) = nearer(first, second, x * x + z * z);
            }
            self.out[i] = self.cells.measured(first, second);
        }
    }
}
