//! Perlin noise that stays off steep ground: each octave counts less where the octaves before have made a slope.
//!
//! The slope is the noise's own derivative, so it takes no neighbouring points.

use super::{
    axis::{Run, Runs},
    fade,
    gradients::gradient,
    octave::{Lattice, Ways},
    rows::{Columns, Rows},
};
use crate::lanes::{BLOCK, Kernel, block, block_mut};

/// The slope at each point so far, eastward and southward, as rise over the broadest wavelength.
pub(crate) struct Slopes {
    east: Vec<f32>,
    south: Vec<f32>,
}

impl Slopes {
    /// Level ground.
    pub(crate) fn level(points: usize) -> Self {
        Self { east: vec![0.0; points], south: vec![0.0; points] }
    }
}

/// One lattice row, interpolated along x: its share at `fz` below it is `p + q·fz`, and that share's slope `dp + dq·fz`.
#[derive(Default)]
struct Edge {
    p: Vec<f32>,
    q: Vec<f32>,
    dp: Vec<f32>,
    dq: Vec<f32>,
}

impl Edge {
    fn interpolate(&mut self, ways: Ways<'_>, columns: &Columns, row: u32) {
        for part in [&mut self.p, &mut self.q, &mut self.dp, &mut self.dq] {
            part.resize(columns.padded(), 0.0);
        }
        let corners: Vec<[f32; 2]> = columns.corners(row, gradient).collect();
        ways.lanes.run(Across { columns, corners: &corners, edge: self });
    }
}

/// The interpolation along x, for each column.
struct Across<'a> {
    columns: &'a Columns,
    corners: &'a [[f32; 2]],
    edge: &'a mut Edge,
}

impl Kernel for Across<'_> {
    #[inline(always)]
    fn run(self) {
        let Columns { axis: Runs { fractions, runs, .. }, fades, .. } = self.columns;
        let Edge { p, q, dp, dq } = self.edge;
        for Run { start, end, square } in runs {
            let ([ax, az], [bx, bz]) = (self.corners[*square as usize], self.corners[*square as usize + 1]);
            // The last block ends in the next run, which is written later.
            for at in (*start..*end).step_by(BLOCK) {
                let (fx, sx) = (block::<_, BLOCK>(fractions, at), block::<_, BLOCK>(fades, at));
                let (p, q) = (block_mut::<_, BLOCK>(p, at), block_mut::<_, BLOCK>(q, at));
                let (dp, dq) = (block_mut::<_, BLOCK>(dp, at), block_mut::<_, BLOCK>(dq, at));
                for i in 0..BLOCK {
                    let steepness = fade_slope(fx[i]);
                    let (near, far) = (ax * fx[i], bx * (fx[i] - 1.0));
                    p[i] = near + sx[i] * (far - near);
                    q[i] = az + sx[i] * (bz - az);
                    dp[i] = ax + sx[i] * (bx - ax) + steepness * (far - near);
                    dq[i] = steepness * (bz - az);
                }
            }
        }
    }
}

/// The slope of [`fade`].
#[inline(always)]
fn fade_slope(t: f32) -> f32 {
    30.0 * t * t * (t * (t - 2.0) + 1.0)
}

/// Adds an octave. `strengths` are those of its height and of its slope.
pub(super) fn read(
    ways: Ways<'_>,
    lattice: &Lattice,
    strengths: (f32, f32),
    slopes: &mut Slopes,
    out: &mut [f32],
) {
    let area = ways.area;
    let (mut columns, mut rows) = (Columns::default(), Rows::default());
    columns.lay(area, lattice);
    rows.lay(area, lattice);
    let (mut above, mut below) = (Edge::default(), Edge::default());
    for band in rows.bands() {
        if band.goes_on {
            std::mem::swap(&mut above, &mut below);
        } else {
            above.interpolate(ways, &columns, band.halves.0);
        }
        below.interpolate(ways, &columns, band.halves.1);
        for row in band.rows {
            let points = row * area.width..(row + 1) * area.width;
            ways.lanes.run(Row {
                above: &above,
                below: &below,
                fz: rows.fractions()[row],
                strengths,
                east: &mut slopes.east[points.clone()],
                south: &mut slopes.south[points.clone()],
                out: &mut out[points],
            });
        }
    }
}

struct Row<'a> {
    above: &'a Edge,
    below: &'a Edge,
    fz: f32,
    strengths: (f32, f32),
    east: &'a mut [f32],
    south: &'a mut [f32],
    out: &'a mut [f32],
}

impl Kernel for Row<'_> {
    #[inline(always)]
    fn run(self) {
        let count = self.out.len();
        let (p, q, dp, dq) = (
            &self.above.p[..count],
            &self.above.q[..count],
            &self.above.dp[..count],
            &self.above.dq[..count],
        );
        let (r, s, dr, ds) = (
            &self.below.p[..count],
            &self.below.q[..count],
            &self.below.dp[..count],
            &self.below.dq[..count],
        );
        let (east, south) = (&mut self.east[..count], &mut self.south[..count]);
        let (fz, sz, steepness) = (self.fz, fade(self.fz), fade_slope(self.fz));
        for i in 0..count {
            let (above, below) = (p[i] + q[i] * fz, r[i] + s[i] * (fz - 1.0));
            let (above_east, below_east) = (dp[i] + dq[i] * fz, dr[i] + ds[i] * (fz - 1.0));
            let noise = above + sz * (below - above);
            east[i] += (above_east + sz * (below_east - above_east)) * self.strengths.1;
            south[i] += (q[i] + sz * (s[i] - q[i]) + steepness * (below - above)) * self.strengths.1;
            let steep = east[i] * east[i] + south[i] * south[i];
            self.out[i] += noise * self.strengths.0 / (1.0 + steep);
        }
    }
}
