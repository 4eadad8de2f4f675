//! Gradient noise on an exact lattice.
//!
//! Each octave lies on a lattice of its own, turned against the others by a Pythagorean angle: the turn is integer
//! arithmetic, hence exact at any distance from the origin, and hides the lattice's grain.

use grid::{CellCoord, UNITS_PER_METRE};

use crate::{chunk::VERTICES, hash};

/// The version of the generator's arithmetic. A recipe names the engine that it was written for; terrain of one engine
/// never changes, so whatever moves a bit is a new engine.
pub const ENGINE: u32 = 1;

/// Points of a chunk at which layers are evaluated.
pub(crate) const SAMPLES: usize = VERTICES * VERTICES;

/// Turns of the octaves' lattices: (3,4,5)-like triples, so that a turned integer point is an integer point.
const TURNS: [(i64, i64, i64); 4] = [(1, 0, 1), (4, 3, 5), (5, 12, 13), (15, 8, 17)];

/// Directions of the lattice's gradients: all of unit length, spread evenly over the circle.
static GRADIENTS: [(f32, f32); 256] = gradients();

const fn gradients() -> [(f32, f32); 256] {
    let mut table = [(0.0, 0.0); 256];
    let mut i = 0;
    while i < 256 {
        // The half-angle form of a circle's point needs no sine. Over one eighth of the circle its steps are nearly even.
        let t = ((i / 8) as f32 + 0.5) / 32.0 * 0.414_213_57;
        let (c, s) = ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
        let (x, z) = if i & 1 == 0 { (c, s) } else { (s, c) };
        table[i] = (if i & 2 == 0 { x } else { -x }, if i & 4 == 0 { z } else { -z });
        i += 1;
    }
    table
}

/// The chunk's points: 65×65, a metre apart, the last row and column shared with the neighbours.
#[derive(Clone, Copy)]
pub(crate) struct Samples {
    /// The north-western point, in 1/256 m.
    pub(crate) x: i64,
    /// The north-western point, in 1/256 m.
    pub(crate) z: i64,
}

impl Samples {
    pub(crate) fn of(cell: CellCoord) -> Self {
        let origin = cell.origin();
        Self { x: origin.x, z: origin.z }
    }

    /// Every point's index and offset from the north-western one, in 1/256 m, row by row.
    pub(crate) fn offsets() -> impl Iterator<Item = (usize, i32, i32)> {
        (0..SAMPLES).map(|i| {
            (
                i,
                (i % VERTICES) as i32 * UNITS_PER_METRE as i32,
                (i / VERTICES) as i32 * UNITS_PER_METRE as i32,
            )
        })
    }
}

/// How far the sampled point is moved before the noise is read, per point, in 1/256 m.
pub(crate) struct Warp {
    pub(crate) x: Vec<i32>,
    pub(crate) z: Vec<i32>,
}

/// One octave of noise, about -1 to 1.
pub(crate) struct Octave {
    pub(crate) seed: u64,
    /// Chooses the turn of the lattice.
    pub(crate) index: u32,
    /// The lattice's spacing, in 1/256 m.
    pub(crate) wavelength: i64,
}

/// The place of a chunk on an octave's turned lattice.
struct Lattice {
    /// Spacing, in units of the turned lattice.
    spacing: i32,
    /// The turn: `u = a·x + b·z`, `v = a·z - b·x`.
    a: i32,
    b: i32,
    /// The lattice square of the north-western point, and the point's place in it.
    cell: (i64, i64),
    rest: (i32, i32),
}

impl Octave {
    fn lattice(&self, samples: Samples) -> Lattice {
        let (a, b, scale) = TURNS[self.index as usize % TURNS.len()];
        let spacing = self.wavelength * scale;
        let (u, v) = (a * samples.x + b * samples.z, a * samples.z - b * samples.x);
        Lattice {
            spacing: spacing as i32,
            a: a as i32,
            b: b as i32,
            cell: (u.div_euclid(spacing), v.div_euclid(spacing)),
            rest: (u.rem_euclid(spacing) as i32, v.rem_euclid(spacing) as i32),
        }
    }

    /// Writes the octave's value at every point to `out`.
    pub(crate) fn fill(&self, samples: Samples, warp: Option<&Warp>, out: &mut [f32]) {
        let lattice = self.lattice(samples);
        match warp {
            Some(warp) => {
                for (i, x, z) in Samples::offsets() {
                    out[i] = lattice.value(x + warp.x[i], z + warp.z[i], |u, v| self.gradient(u, v));
                }
            }
            None => {
                let corners = Corners::around(self, &lattice);
                for (i, x, z) in Samples::offsets() {
                    out[i] = lattice.value(x, z, |u, v| corners.gradient(u, v));
                }
            }
        }
    }

    fn gradient(&self, u: i64, v: i64) -> (f32, f32) {
        GRADIENTS[(hash::at(self.seed, u, v) >> 56) as usize]
    }
}

impl Lattice {
    #[inline]
    fn value(&self, x: i32, z: i32, gradient: impl Fn(i64, i64) -> (f32, f32)) -> f32 {
        let u = self.rest.0 + self.a * x + self.b * z;
        let v = self.rest.1 + self.a * z - self.b * x;
        let (cell_u, rest_u) = (u.div_euclid(self.spacing), u.rem_euclid(self.spacing));
        let (cell_v, rest_v) = (v.div_euclid(self.spacing), v.rem_euclid(self.spacing));
        let (fu, fv) = (rest_u as f32 / self.spacing as f32, rest_v as f32 / self.spacing as f32);
        let (u, v) = (self.cell.0 + i64::from(cell_u), self.cell.1 + i64::from(cell_v));
        let dot = |(gx, gz): (f32, f32), du: f32, dv: f32| gx * du + gz * dv;
        let north_west = dot(gradient(u, v), fu, fv);
        let north_east = dot(gradient(u + 1, v), fu - 1.0, fv);
        let south_west = dot(gradient(u, v + 1), fu, fv - 1.0);
        let south_east = dot(gradient(u + 1, v + 1), fu - 1.0, fv - 1.0);
        let (su, sv) = (fade(fu), fade(fv));
        let north = north_west + su * (north_east - north_west);
        let south = south_west + su * (south_east - south_west);
        // The raw noise stays within ±√½.
        (north + sv * (south - north)) * std::f32::consts::SQRT_2
    }
}

/// The gradients of all lattice corners that a chunk touches, hashed once instead of at every point.
struct Corners {
    u: i64,
    v: i64,
    width: i64,
    gradients: Vec<(f32, f32)>,
}

impl Corners {
    fn around(octave: &Octave, lattice: &Lattice) -> Self {
        let side = (VERTICES as i32 - 1) * UNITS_PER_METRE as i32;
        // All turns have a, b >= 0, so the extremes of u and v lie at the chunk's corners.
        let u_last = lattice.rest.0 + (lattice.a + lattice.b) * side;
        let (v_first, v_last) = (lattice.rest.1 - lattice.b * side, lattice.rest.1 + lattice.a * side);
        let u = lattice.cell.0;
        let v = lattice.cell.1 + i64::from(v_first.div_euclid(lattice.spacing));
        let width = i64::from(u_last / lattice.spacing) + 2;
        let v_end = lattice.cell.1 + i64::from(v_last.div_euclid(lattice.spacing)) + 2;
        let gradients = (v..v_end).flat_map(|v| (u..u + width).map(move |u| octave.gradient(u, v))).collect();
        Self { u, v, width, gradients }
    }

    #[inline]
    fn gradient(&self, u: i64, v: i64) -> (f32, f32) {
        self.gradients[((v - self.v) * self.width + (u - self.u)) as usize]
    }
}

/// Perlin's quintic: flat in value, slope and curvature at both ends.
#[inline]
pub(crate) fn fade(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}
