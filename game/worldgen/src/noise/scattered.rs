//! Noise at points that lie anywhere: moved by a warp, or on a lattice that is not square to the grid.
//!
//! Work goes in blocks of a row: first every point's lattice square, in vectors; then the corners' gradients, looked up one
//! by one; then the values, in vectors again.

use super::{
    fade,
    gradients::{gradient, value},
    octave::{Lattice, Put, Ways},
};
use crate::{
    area::Area,
    hash,
    lanes::{Kernel, nearest},
};

/// Points of a block.
const BLOCK: usize = 64;
/// Most points along a tile's side. With the greatest step, warp and wavelength, places inside of a tile fit 31 bits.
const TILE: usize = 128;
/// Most corners of a tile that are looked up instead of hashed again.
const TABLE: usize = 4_096;
/// The greatest distance that a warp moves a point, in 1/256 m.
pub(crate) const WARP_MAX: i64 = 4_000 * 256;

type Table = Vec<[f32; 2]>;

/// A kind of noise whose value at a point comes from `N` corners of its lattice.
pub(crate) trait Flavour<const N: usize>: Copy {
    /// The lattice's own coordinates, `u = (a·x + b·z) / scale` and `v = (b·x + a·z) / scale`, as `[a, b, scale]`. In
    /// integers, hence exact everywhere.
    const TURN: [i64; 3];

    /// What a corner's hash stands for.
    fn corner(hash: u32) -> [f32; 2];

    /// The corners around a point, from its square's.
    fn around(fu: f32, fv: f32) -> [(u32, u32); N];

    /// The value from the point's place in its square and the corners.
    fn value(fu: f32, fv: f32, corners: [[f32; 2]; N]) -> f32;
}

const SQUARE: [(u32, u32); 4] = [(0, 0), (1, 0), (0, 1), (1, 1)];

#[derive(Clone, Copy)]
struct Perlin;

impl Flavour<4> for Perlin {
    const TURN: [i64; 3] = [1, 0, 1];

    #[inline(always)]
    fn corner(hash: u32) -> [f32; 2] {
        gradient(hash)
    }

    #[inline(always)]
    fn around(_: f32, _: f32) -> [(u32, u32); 4] {
        SQUARE
    }

    #[inline(always)]
    fn value(fx: f32, fz: f32, [a, b, c, d]: [[f32; 2]; 4]) -> f32 {
        // The same operations in the same order as along rows: a warp of nothing changes nothing.
        let sx = fade(fx);
        let edge = |[ax, az]: [f32; 2], [bx, bz]: [f32; 2], fz: f32| {
            let (near, far) = (ax * fx, bx * (fx - 1.0));
            (near + sx * (far - near)) + (az + sx * (bz - az)) * fz
        };
        let (above, below) = (edge(a, b, fz), edge(c, d, fz - 1.0));
        above + fade(fz) * (below - above)
    }
}

#[derive(Clone, Copy)]
struct Value;

impl Flavour<4> for Value {
    const TURN: [i64; 3] = [1, 0, 1];

    #[inline(always)]
    fn corner(hash: u32) -> [f32; 2] {
        [value(hash), 0.0]
    }

    #[inline(always)]
    fn around(_: f32, _: f32) -> [(u32, u32); 4] {
        SQUARE
    }

    #[inline(always)]
    fn value(fx: f32, fz: f32, [a, b, c, d]: [[f32; 2]; 4]) -> f32 {
        let sx = fade(fx);
        let (above, below) = (a[0] + sx * (b[0] - a[0]), c[0] + sx * (d[0] - c[0]));
        above + fade(fz) * (below - above)
    }
}

/// Perlin noise at the points that the warp moved.
pub(crate) fn perlin(ways: Ways<'_>, lattice: &Lattice, put: Put, out: &mut [f32]) {
    read(Perlin, ways, lattice, put, out);
}

/// Value noise at the points that the warp moved.
pub(crate) fn values(ways: Ways<'_>, lattice: &Lattice, put: Put, out: &mut [f32]) {
    read(Value, ways, lattice, put, out);
}

/// Reads an octave tile by tile.
pub(crate) fn read<F: Flavour<N>, const N: usize>(
    flavour: F,
    ways: Ways<'_>,
    lattice: &Lattice,
    put: Put,
    out: &mut [f32],
) {
    let mut table = Table::new();
    for (row, rows) in pieces(ways.area.height) {
        for (column, columns) in pieces(ways.area.width) {
            Tile { ways, lattice, column, columns, row, rows }.read(flavour, &mut table, put, out);
        }
    }
}

fn pieces(whole: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..whole).step_by(TILE).map(move |start| (start, TILE.min(whole - start)))
}

/// A part of the area that is small enough to count places in 31 bits.
struct Tile<'a> {
    ways: Ways<'a>,
    lattice: &'a Lattice,
    column: usize,
    columns: usize,
    row: usize,
    rows: usize,
}

/// How a tile's points are counted on the lattice.
struct Count {
    spacing: i64,
    /// The tile's first point from the first square's corner.
    start: (i32, i32),
    columns: Vec<u32>,
    rows: Vec<u32>,
}

impl Tile<'_> {
    fn read<F: Flavour<N>, const N: usize>(&self, _: F, table: &mut Table, put: Put, out: &mut [f32]) {
        let count = self.count(F::TURN);
        let (columns, rows) = (&count.columns, &count.rows);
        if columns.len() * rows.len() <= TABLE {
            // Each corner is hashed once, instead of at every point around it.
            let corners =
                rows.iter().flat_map(|row| columns.iter().map(|column| hash::corner(*column, *row)));
            table.clear();
            table.extend(corners.map(F::corner));
            let (width, table) = (columns.len() as u32, table.as_slice());
            self.rows::<F, N>(&count, put, out, |u, v| table[(v * width + u) as usize]);
        } else {
            self.rows::<F, N>(&count, put, out, |u, v| {
                F::corner(hash::corner(columns[u as usize], rows[v as usize]))
            });
        }
    }

    /// Counts from the least place that a point of the tile can have.
    fn count(&self, [a, b, scale]: [i64; 3]) -> Count {
        let Area { x, z, step, .. } = *self.ways.area;
        let spacing = self.lattice.spacing * scale;
        let origin = (
            x + self.column as i64 * step + self.lattice.shift.0,
            z + self.row as i64 * step + self.lattice.shift.1,
        );
        let side = ((self.columns as i64 - 1) * step, (self.rows as i64 - 1) * step);
        let moved = |along: fn(&super::Warp) -> &Vec<i32>| {
            let Some(warp) = self.ways.warp else { return (0, 0) };
            let values = self.indices().flat_map(|(start, count)| &along(warp)[start..start + count]);
            let (least, most) = values.fold((i32::MAX, i32::MIN), |(l, m), v| (l.min(*v), m.max(*v)));
            (i64::from(least), i64::from(most))
        };
        let (dx, dz) = (moved(|warp| &warp.x), moved(|warp| &warp.z));
        // No turn has a negative part, so the extremes lie at the corners of the points' bounds.
        let least = (origin.0 + dx.0, origin.1 + dz.0);
        let most = (origin.0 + side.0 + dx.1, origin.1 + side.1 + dz.1);
        let turned = |(x, z): (i64, i64)| (a * x + b * z, b * x + a * z);
        let (least, most, origin) = (turned(least), turned(most), turned(origin));
        let first = (least.0.div_euclid(spacing), least.1.div_euclid(spacing));
        let halves = |seed: u64, first: i64, most: i64| {
            (first..=most.div_euclid(spacing) + 1).map(|at| hash::half(seed, at)).collect()
        };
        Count {
            spacing,
            start: ((origin.0 - first.0 * spacing) as i32, (origin.1 - first.1 * spacing) as i32),
            columns: halves(self.lattice.seeds.0, first.0, most.0),
            rows: halves(self.lattice.seeds.1, first.1, most.1),
        }
    }

    /// The points' places in the area, a row of the tile each.
    fn indices(&self) -> impl Iterator<Item = (usize, usize)> {
        (self.row..self.row + self.rows).map(|row| (row * self.ways.area.width + self.column, self.columns))
    }

    fn rows<F: Flavour<N>, const N: usize>(
        &self,
        count: &Count,
        put: Put,
        out: &mut [f32],
        corner: impl Fn(u32, u32) -> [f32; 2] + Copy,
    ) {
        let [a, b, _] = F::TURN.map(|part| part as i32);
        let step = self.ways.area.step as i32;
        for (row, (start, columns)) in self.indices().enumerate() {
            let z = row as i32 * step;
            for first in (0..columns).step_by(BLOCK) {
                let points = start + first..start + columns.min(first + BLOCK);
                let x = first as i32 * step;
                let warp = self.ways.warp.map(|warp| (&warp.x[points.clone()], &warp.z[points.clone()]));
                self.ways.lanes.run(Block::<_, F, N> {
                    turn: (a, b),
                    step,
                    start: (count.start.0 + a * x + b * z, count.start.1 + b * x + a * z),
                    spacing: count.spacing as i32,
                    warp,
                    corner,
                    put,
                    out: &mut out[points],
                    flavour: std::marker::PhantomData::<F>,
                });
            }
        }
    }
}

struct Block<'a, C, F, const N: usize> {
    turn: (i32, i32),
    step: i32,
    start: (i32, i32),
    spacing: i32,
    warp: Option<(&'a [i32], &'a [i32])>,
    corner: C,
    put: Put,
    out: &'a mut [f32],
    flavour: std::marker::PhantomData<F>,
}

impl<C: Fn(u32, u32) -> [f32; 2], F: Flavour<N>, const N: usize> Kernel for Block<'_, C, F, N> {
    #[inline(always)]
    fn run(self) {
        let ((a, b), count) = (self.turn, self.out.len().min(BLOCK));
        // Whole vectors, but no more of them than there are points for: areas may be a few points wide.
        let lanes = count.next_multiple_of(crate::lanes::BLOCK);
        let (mut u, mut v) = ([0_i32; BLOCK], [0_i32; BLOCK]);
        for (i, (u, v)) in u[..lanes].iter_mut().zip(&mut v).enumerate() {
            let x = i as i32 * self.step;
            (*u, *v) = (self.start.0 + a * x, self.start.1 + b * x);
        }
        if let Some((dx, dz)) = self.warp {
            for ((u, v), (dx, dz)) in u.iter_mut().zip(&mut v).zip(dx.iter().zip(dz)) {
                (*u, *v) = (*u + a * dx + b * dz, *v + b * dx + a * dz);
            }
        }
        let (mut fu, mut fv) = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
        squares(self.spacing, &mut u[..lanes], &mut fu);
        squares(self.spacing, &mut v[..lanes], &mut fv);
        let mut corners = [[[0.0_f32; BLOCK]; 2]; N];
        for i in 0..count {
            for (n, (du, dv)) in F::around(fu[i], fv[i]).into_iter().enumerate() {
                let [x, z] = (self.corner)(u[i] as u32 + du, v[i] as u32 + dv);
                (corners[n][0][i], corners[n][1][i]) = (x, z);
            }
        }
        let mut noise = [0.0_f32; BLOCK];
        for (i, noise) in noise[..lanes].iter_mut().enumerate() {
            *noise = F::value(fu[i], fv[i], corners.each_ref().map(|[x, z]| [x[i], z[i]]));
        }
        match self.put {
            Put::Over(strength) => {
                self.out.iter_mut().zip(&noise).for_each(|(out, noise)| *out = noise * strength);
            }
            Put::Add(strength) => {
                self.out.iter_mut().zip(&noise).for_each(|(out, noise)| *out += noise * strength);
            }
        }
    }
}

/// Turns places into lattice squares, and the fractions inside. The square is exact: the float quotient, which is quicker
/// than a division, is off by one at most and put right in integers.
#[inline(always)]
fn squares(spacing: i32, places: &mut [i32], fractions: &mut [f32; BLOCK]) {
    let per_unit = 1.0 / spacing as f32;
    for (place, fraction) in places.iter_mut().zip(fractions) {
        let guess = nearest(*place as f32 * per_unit);
        let rest = place.wrapping_sub(guess.wrapping_mul(spacing));
        let correction = i32::from(rest >= spacing) - i32::from(rest < 0);
        *fraction = rest.wrapping_sub(correction.wrapping_mul(spacing)) as f32 * per_unit;
        *place = guess + correction;
    }
}
