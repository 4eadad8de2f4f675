//! From the values on a coarse lattice to the points between: not a step, but what several end with.

use super::{Patch, Points};
use crate::{area::Area, lanes::Kernel, noise::Axis};

/// How many lattice points [`spread`] reads beyond those around a point.
pub(super) const MARGIN: i64 = 1;

/// Cubic interpolation (Catmull-Rom): smooth, and exact at the lattice's points.
pub(super) fn spread(points: Points<'_>, patch: &Patch, out: &mut [f32]) {
    let (area, lattice) = (points.area, &patch.area);
    let columns = Axis::of(area.x, area.step, area.width, lattice.step);
    let rows = Axis::of(area.z, area.step, area.height, lattice.step);
    let weights: Vec<[f32; 4]> = columns.fractions.iter().map(|t| weights(*t)).collect();
    // The patch may begin further out than needed.
    let skip = |first: i64, start: i64| (first - 1 - start.div_euclid(lattice.step)) as usize;
    let (west, north) = (skip(columns.first, lattice.x), skip(rows.first, lattice.z));
    // First along x, for every row of the lattice that is needed; then along z.
    let needed = rows.corners() + 2;
    let mut wide = vec![0.0; needed * area.width];
    for (row, wide) in wide.chunks_exact_mut(area.width).enumerate() {
        let from = &patch.values[(north + row) * lattice.width..(north + row + 1) * lattice.width];
        for ((wide, square), [a, b, c, d]) in wide.iter_mut().zip(&columns.squares).zip(&weights) {
            let at = west + *square as usize;
            *wide = from[at] * a + from[at + 1] * b + from[at + 2] * c + from[at + 3] * d;
        }
    }
    for (out, (square, fraction)) in
        out.chunks_exact_mut(area.width).zip(rows.squares.iter().zip(&rows.fractions))
    {
        let row = |i: usize| &wide[(*square as usize + i) * area.width..][..area.width];
        points.lanes.run(Down {
            rows: [row(0), row(1), row(2), row(3)],
            weights: self::weights(*fraction),
            out,
        });
    }
}

/// The lattice that [`spread`] needs for an area.
pub(super) fn lattice(area: &Area, every: i64, more: i64) -> Area {
    area.around(every, MARGIN + more)
}

fn weights(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [
        (2.0 * t2 - t3 - t) * 0.5,
        (3.0 * t3 - 5.0 * t2 + 2.0) * 0.5,
        (4.0 * t2 - 3.0 * t3 + t) * 0.5,
        (t3 - t2) * 0.5,
    ]
}

struct Down<'a> {
    rows: [&'a [f32]; 4],
    weights: [f32; 4],
    out: &'a mut [f32],
}

impl Kernel for Down<'_> {
    #[inline(always)]
    fn run(self) {
        let ([a, b, c, d], count) = (self.weights, self.out.len());
        let [r0, r1, r2, r3] = self.rows.map(|row| &row[..count]);
        for i in 0..count {
            self.out[i] = r0[i] * a + r1[i] * b + r2[i] * c + r3[i] * d;
        }
    }
}
