//! Perlin and value noise at the points of a regular grid.
//!
//! Along a row of points the lattice row stays the same, and for many rows of points too. So the interpolation along x is
//! done once for each lattice row, as a pair of numbers for each column: `p + q·fz`. What is left for a point is seven
//! additions and multiplications, eight points at a time, with the columns' numbers kept in registers from row to row.

use super::{
    axis::{Run, Runs},
    fade,
    gradients::{gradient, value},
    octave::{Lattice, Put},
};
use crate::{
    area::Area,
    hash,
    lanes::{BLOCK, Kernel, Lanes, block, block_mut},
};

/// Columns that are taken at once where there are so many: half as many loads of what a row has in common.
const WIDE: usize = 2 * BLOCK;

/// What rows are read with, kept from one octave to the next: so many lists cost as much to take as the noise to read.
#[derive(Default)]
pub(crate) struct Scratch {
    columns: Columns,
    rows: Rows,
    corners: Vec<[f32; 2]>,
    above: Edge,
    below: Edge,
    places: Places,
}

/// One lattice row, interpolated along x: at the fraction `fz` below it its share is `p + q·fz`.
#[derive(Default)]
struct Edge {
    p: Vec<f32>,
    q: Vec<f32>,
}

impl Edge {
    fn fit(&mut self, columns: &Columns) {
        self.p.resize(columns.padded(), 0.0);
        self.q.resize(columns.padded(), 0.0);
    }
}

/// What the columns of an area have to do with a lattice. What is told of columns goes on for a block beyond the last, so
/// that work on a run of them may end a little too late.
#[derive(Default)]
pub(super) struct Columns {
    /// Each column's fraction, and the squares.
    pub(super) axis: Runs,
    pub(super) fades: Vec<f32>,
    halves: Vec<u32>,
}

impl Columns {
    pub(super) fn lay(&mut self, area: &Area, lattice: &Lattice) {
        let Self { axis, fades, halves } = self;
        axis.lay(area.x + lattice.shift.0, area.step, area.width, lattice.spacing);
        halves.clear();
        let corners = axis.first..axis.first + axis.corners() as i64;
        halves.extend(corners.map(|corner| hash::half(lattice.seeds.0, corner)));
        axis.fractions.resize(area.width + BLOCK, 0.0);
        fades.clear();
        fades.extend(axis.fractions.iter().map(|t| fade(*t)));
    }

    /// How long a list is that has a number for each column and a block beyond.
    pub(super) fn padded(&self) -> usize {
        self.fades.len()
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

/// The rows of an area on a lattice.
#[derive(Default)]
pub(super) struct Rows {
    /// Each row's fraction, and the squares.
    axis: Runs,
    seed: u64,
}

/// The rows that lie in one row of lattice squares.
pub(super) struct Band {
    /// The first row, and how many there are.
    pub(super) rows: std::ops::Range<usize>,
    /// The halves of the hashes of the corners above and below.
    pub(super) halves: (u32, u32),
    /// Whether the corners above are those that were below the band before.
    pub(super) goes_on: bool,
}

impl Rows {
    pub(super) fn lay(&mut self, area: &Area, lattice: &Lattice) {
        self.axis.lay(area.z + lattice.shift.1, area.step, area.height, lattice.spacing);
        self.seed = lattice.seeds.1;
    }

    /// Where each row lies in its band's squares.
    pub(super) fn fractions(&self) -> &[f32] {
        &self.axis.fractions
    }

    /// The bands from north to south.
    pub(super) fn bands(&self) -> impl Iterator<Item = Band> {
        let half = |square: u32| hash::half(self.seed, self.axis.first + i64::from(square));
        let mut before = None;
        self.axis.runs.iter().map(move |Run { start, end, square }| {
            let goes_on = before.is_some_and(|before: u32| before + 1 == *square);
            before = Some(*square);
            Band { rows: *start..*end, halves: (half(*square), half(square + 1)), goes_on }
        })
    }
}

/// Where the rows of a band lie: a list for each number, with a block beyond the last row.
#[derive(Default)]
struct Places {
    /// The fraction below the lattice row above.
    fz: Vec<f32>,
    /// The same from the lattice row below.
    from_below: Vec<f32>,
    fade: Vec<f32>,
}

impl Places {
    fn lay(&mut self, fractions: &[f32]) {
        let Self { fz, from_below, fade: fades } = self;
        fz.clear();
        fz.extend_from_slice(fractions);
        fz.resize(fractions.len() + BLOCK, 0.0);
        from_below.clear();
        from_below.extend(fz.iter().map(|fz| fz - 1.0));
        fades.clear();
        fades.extend(fz.iter().map(|fz| fade(*fz)));
    }
}

/// Perlin noise of one octave.
pub(crate) fn perlin(
    lanes: Lanes,
    area: &Area,
    lattice: &Lattice,
    put: Put,
    scratch: &mut Scratch,
    out: &mut [f32],
) {
    sweep(lanes, area, lattice, put, scratch, out, |columns, row, corners, edge| {
        corners.clear();
        corners.extend(columns.corners(row, gradient));
        lanes.run(Across { columns, corners, edge });
    });
}

/// Value noise of one octave.
pub(crate) fn values(
    lanes: Lanes,
    area: &Area,
    lattice: &Lattice,
    put: Put,
    scratch: &mut Scratch,
    out: &mut [f32],
) {
    sweep(lanes, area, lattice, put, scratch, out, |columns, row, corners, edge| {
        corners.clear();
        corners.extend(columns.corners(row, |hash| [value(hash), 0.0]));
        edge.q.fill(0.0);
        for Run { start, end, square } in &columns.axis.runs {
            let ([near, _], [far, _]) = (corners[*square as usize], corners[*square as usize + 1]);
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
        let Columns { axis: Runs { fractions, runs, .. }, fades, .. } = self.columns;
        for Run { start, end, square } in runs {
            let ([ax, az], [bx, bz]) = (self.corners[*square as usize], self.corners[*square as usize + 1]);
            // The last block ends in the next run, which is written later.
            for at in (*start..*end).step_by(BLOCK) {
                let (fx, sx) = (block::<_, BLOCK>(fractions, at), block::<_, BLOCK>(fades, at));
                let p = block_mut::<_, BLOCK>(&mut self.edge.p, at);
                for i in 0..BLOCK {
                    let (near, far) = (ax * fx[i], bx * (fx[i] - 1.0));
                    p[i] = near + sx[i] * (far - near);
                }
                let q = block_mut::<_, BLOCK>(&mut self.edge.q, at);
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
    scratch: &mut Scratch,
    out: &mut [f32],
    mut interpolate: impl FnMut(&Columns, u32, &mut Vec<[f32; 2]>, &mut Edge),
) {
    let Scratch { columns, rows, corners, above, below, places } = scratch;
    columns.lay(area, lattice);
    rows.lay(area, lattice);
    above.fit(columns);
    below.fit(columns);
    for band in rows.bands() {
        if band.goes_on {
            std::mem::swap(above, below);
        } else {
            interpolate(columns, band.halves.0, corners, above);
        }
        interpolate(columns, band.halves.1, corners, below);
        places.lay(&rows.fractions()[band.rows.clone()]);
        let out = &mut out[band.rows.start * area.width..band.rows.end * area.width];
        lanes.run(Down { above, below, places, width: area.width, put, out });
    }
}

/// The last step: between the two lattice rows, for all rows of a band.
struct Down<'a> {
    above: &'a Edge,
    below: &'a Edge,
    places: &'a Places,
    width: usize,
    put: Put,
    out: &'a mut [f32],
}

impl Kernel for Down<'_> {
    #[inline(always)]
    fn run(self) {
        match self.put {
            Put::Over(strength) => self.each(|out, noise| *out = noise * strength),
            Put::Add(strength) => self.each(|out, noise| *out += noise * strength),
        }
    }
}

impl Down<'_> {
    #[inline(always)]
    fn each(mut self, put: impl Fn(&mut f32, f32) + Copy) {
        let (wide, whole) = (self.width / WIDE * WIDE, self.width / BLOCK * BLOCK);
        for at in (0..wide).step_by(WIDE) {
            self.columns::<WIDE>(at, put);
        }
        for at in (wide..whole).step_by(BLOCK) {
            self.columns::<BLOCK>(at, put);
        }
        for at in whole..self.width {
            self.column(at, put);
        }
    }

    /// `N` columns, row by row. What the columns have in common with the lattice stays in registers.
    #[inline(always)]
    fn columns<const N: usize>(&mut self, at: usize, put: impl Fn(&mut f32, f32)) {
        let Self { above, below, places: Places { fz, from_below, fade }, .. } = *self;
        let (p, q) = (*block::<f32, N>(&above.p, at), *block::<f32, N>(&above.q, at));
        let (r, s) = (*block::<f32, N>(&below.p, at), *block::<f32, N>(&below.q, at));
        let places = fz.iter().zip(from_below).zip(fade);
        for (row, ((fz, from_below), sz)) in self.out.chunks_exact_mut(self.width).zip(places) {
            // Copies: the compiler can't tell that what is written is nothing that is still read.
            let place = (*fz, *from_below, *sz);
            let out = block_mut::<f32, N>(row, at);
            let mut values = *out;
            for i in 0..N {
                put(&mut values[i], between((p[i], q[i]), (r[i], s[i]), place));
            }
            *out = values;
        }
    }

    /// One column, such as a chunk's last, with a vector of rows at a time.
    #[inline(always)]
    fn column(&mut self, at: usize, put: impl Fn(&mut f32, f32)) {
        let Self { above, below, places: Places { fz, from_below, fade }, .. } = *self;
        let (edge, next) = ((above.p[at], above.q[at]), (below.p[at], below.q[at]));
        for (first, rows) in self.out.chunks_mut(self.width * BLOCK).enumerate() {
            let first = first * BLOCK;
            let fz = block::<f32, BLOCK>(fz, first);
            let (from_below, sz) = (block::<f32, BLOCK>(from_below, first), block::<f32, BLOCK>(fade, first));
            let mut values = [0.0; BLOCK];
            for i in 0..BLOCK {
                values[i] = between(edge, next, (fz[i], from_below[i], sz[i]));
            }
            rows.chunks_exact_mut(self.width).zip(values).for_each(|(row, value)| put(&mut row[at], value));
        }
    }
}

/// The noise between two lattice rows. A place is the fraction below the upper one, the same from the lower one, and the fade.
#[inline(always)]
fn between((p, q): (f32, f32), (r, s): (f32, f32), (fz, from_below, sz): (f32, f32, f32)) -> f32 {
    let (above, below) = (p + q * fz, r + s * from_below);
    above + sz * (below - above)
}
