//! Perlin and value noise at the points of a regular grid.
//!
//! Along a row of points the lattice row stays the same, and for many rows of points too. So the interpolation along x is
//! done once for each lattice row, as a pair of numbers for each column: `p + q·fz`. What is left for a point is seven
//! additions and multiplications, eight points at a time, with the columns' numbers kept in registers from row to row.

use super::{
    axis::{Axis, Run},
    fade,
    gradients::{gradient, value},
    octave::{Lattice, Put},
};
use crate::{
    area::Area,
    hash,
    lanes::{BLOCK, Kernel, Lanes, block, block_mut},
};

/// One lattice row, interpolated along x: at the fraction `fz` below it its share is `p + q·fz`.
struct Edge {
    p: Vec<f32>,
    q: Vec<f32>,
}

impl Edge {
    fn level(columns: &Columns) -> Self {
        Self { p: vec![0.0; columns.padded()], q: vec![0.0; columns.padded()] }
    }
}

/// What the columns of an area have to do with a lattice. What is told of columns goes on for a block beyond the last, so
/// that work on a run of them may end a little too late.
pub(super) struct Columns {
    pub(super) fractions: Vec<f32>,
    pub(super) fades: Vec<f32>,
    pub(super) runs: Vec<Run>,
    halves: Vec<u32>,
}

impl Columns {
    pub(super) fn of(area: &Area, lattice: &Lattice) -> Self {
        let axis = Axis::of(area.x + lattice.shift.0, area.step, area.width, lattice.spacing);
        let halves =
            (0..axis.corners()).map(|i| hash::half(lattice.seeds.0, axis.first + i as i64)).collect();
        let (runs, mut fractions) = (axis.runs(), axis.fractions);
        fractions.resize(area.width + BLOCK, 0.0);
        let fades = fractions.iter().map(|t| fade(*t)).collect();
        Self { fractions, fades, runs, halves }
    }

    /// How long a list is that has a number for each column and a block beyond.
    pub(super) fn padded(&self) -> usize {
        self.fractions.len()
    }

    /// What the corners of a lattice row stand for. The row is told by its half of their hashes.
    pub(super) fn corners<'a, C: 'a>(
        &'a self,
        row: u32,
        corner: impl Fn(u32) -> C + 'a,
    ) -> impl Iterator<Item = C> + 'a {
        self.halves.iter().map(move |half| corner(hash::corner(*half, row)))
    }
}

/// The rows of an area that lie in one row of lattice squares.
pub(super) struct Band {
    /// The first row, and how many there are.
    pub(super) rows: std::ops::Range<usize>,
    /// The halves of the hashes of the corners above and below.
    pub(super) halves: (u32, u32),
    /// Whether the corners above are those that were below the band before.
    pub(super) goes_on: bool,
}

/// The bands of an area from north to south, and where each row lies in its band's squares.
pub(super) fn bands(area: &Area, lattice: &Lattice) -> (Vec<Band>, Vec<f32>) {
    let axis = Axis::of(area.z + lattice.shift.1, area.step, area.height, lattice.spacing);
    let half = |square: u32| hash::half(lattice.seeds.1, axis.first + i64::from(square));
    let mut before = None;
    let bands = axis.runs().into_iter().map(|Run { start, end, square }| {
        let goes_on = before.is_some_and(|before: u32| before + 1 == square);
        before = Some(square);
        Band { rows: start..end, halves: (half(square), half(square + 1)), goes_on }
    });
    (bands.collect(), axis.fractions)
}

/// Perlin noise of one octave.
pub(crate) fn perlin(lanes: Lanes, area: &Area, lattice: &Lattice, put: Put, out: &mut [f32]) {
    let mut corners: Vec<[f32; 2]> = Vec::new();
    sweep(lanes, area, lattice, put, out, |columns, row, edge| {
        corners.clear();
        corners.extend(columns.corners(row, gradient));
        lanes.run(Across { columns, corners: &corners, edge });
    });
}

/// Value noise of one octave.
pub(crate) fn values(lanes: Lanes, area: &Area, lattice: &Lattice, put: Put, out: &mut [f32]) {
    let mut corners: Vec<f32> = Vec::new();
    sweep(lanes, area, lattice, put, out, |columns, row, edge| {
        corners.clear();
        corners.extend(columns.corners(row, value));
        for Run { start, end, square } in &columns.runs {
            let (near, far) = (corners[*square as usize], corners[*square as usize + 1]);
            let points = edge.p[*start..*end].iter_mut().zip(&columns.fades[*start..*end]);
            points.for_each(|(p, sx)| *p = near + sx * (far - near));
        }
    });
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
        let Columns { fractions, fades, runs, .. } = self.columns;
        for Run { start, end, square } in runs {
            let ([ax, az], [bx, bz]) = (self.corners[*square as usize], self.corners[*square as usize + 1]);
            // The last block ends in the next run, which is written later.
            for at in (*start..*end).step_by(BLOCK) {
                let (fx, sx) = (block(fractions, at), block(fades, at));
                let p = block_mut(&mut self.edge.p, at);
                for i in 0..BLOCK {
                    let (near, far) = (ax * fx[i], bx * (fx[i] - 1.0));
                    p[i] = near + sx[i] * (far - near);
                }
                let q = block_mut(&mut self.edge.q, at);
                for i in 0..BLOCK {
                    q[i] = az + sx[i] * (bz - az);
                }
            }
        }
    }
}

/// Goes through the bands of rows, with the two lattice rows around each. `interpolate` does the work for a lattice row.
fn sweep(
    lanes: Lanes,
    area: &Area,
    lattice: &Lattice,
    put: Put,
    out: &mut [f32],
    mut interpolate: impl FnMut(&Columns, u32, &mut Edge),
) {
    let columns = Columns::of(area, lattice);
    let (bands, fractions) = bands(area, lattice);
    let (mut above, mut below) = (Edge::level(&columns), Edge::level(&columns));
    let mut places = Vec::with_capacity(area.height);
    for band in bands {
        if band.goes_on {
            std::mem::swap(&mut above, &mut below);
        } else {
            interpolate(&columns, band.halves.0, &mut above);
        }
        interpolate(&columns, band.halves.1, &mut below);
        places.clear();
        places.extend(fractions[band.rows.clone()].iter().map(|fz| (*fz, fz - 1.0, fade(*fz))));
        let out = &mut out[band.rows.start * area.width..band.rows.end * area.width];
        lanes.run(Down { above: &above, below: &below, places: &places, width: area.width, put, out });
    }
}

/// The last step: between the two lattice rows, for all rows of a band.
struct Down<'a> {
    above: &'a Edge,
    below: &'a Edge,
    /// Each row's fraction, the same from the other side, and its fade.
    places: &'a [(f32, f32, f32)],
    width: usize,
    put: Put,
    out: &'a mut [f32],
}

impl Kernel for Down<'_> {
    #[inline(always)]
    fn run(self) {
        match self.put {
            Put::Over => self.each(|out, noise| *out = noise),
            Put::Add(strength) => self.each(|out, noise| *out += noise * strength),
        }
    }
}

impl Down<'_> {
    #[inline(always)]
    fn each(self, put: impl Fn(&mut f32, f32)) {
        let noise = |(p, q): (f32, f32), (r, s): (f32, f32), (fz, from_below, sz): (f32, f32, f32)| {
            let (above, below) = (p + q * fz, r + s * from_below);
            above + sz * (below - above)
        };
        let Self { above, below, places, width, out, .. } = self;
        let whole = width / BLOCK * BLOCK;
        for at in (0..whole).step_by(BLOCK) {
            let (p, q) = (*block(&above.p, at), *block(&above.q, at));
            let (r, s) = (*block(&below.p, at), *block(&below.q, at));
            for (row, place) in out.chunks_exact_mut(width).zip(places) {
                let out = block_mut(row, at);
                for i in 0..BLOCK {
                    put(&mut out[i], noise((p[i], q[i]), (r[i], s[i]), *place));
                }
            }
        }
        for at in whole..width {
            let (edge, next) = ((above.p[at], above.q[at]), (below.p[at], below.q[at]));
            for (row, place) in out.chunks_exact_mut(width).zip(places) {
                put(&mut row[at], noise(edge, next, *place));
            }
        }
    }
}
