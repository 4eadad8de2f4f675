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

/// Where the points of a chunk lie on an octave's turned lattice.
struct Lattice {
    /// The spacing in units of the turned lattice, and its inverse.
    spacing: i32,
    per_unit: f32,
    /// The turn: `u = a·x + b·z`, `v = a·z - b·x`, from `start`, which is such that no point's `u` or `v` is below 0.
    turn: (i32, i32),
    start: (i32, i32),
    /// The lattice square that `u` and `v` are counted from, and how many corners the points touch each way.
    first: (i64, i64),
    corners: (i32, i32),
}

impl Octave {
    /// Writes the octave's value at every point to `out`.
    pub(crate) fn fill(&self, samples: Samples, warp: Option<&Warp>, out: &mut [f32]) {
        let lattice = self.lattice(samples, warp);
        let corners = lattice.corners.0 as usize * lattice.corners.1 as usize;
        if corners <= SAMPLES {
            // Each corner is hashed once, instead of at every point around it.
            let gradients: Vec<_> = (0..lattice.corners.1)
                .flat_map(|v| (0..lattice.corners.0).map(move |u| (u, v)))
                .map(|(u, v)| self.gradient(&lattice, u, v))
                .collect();
            let width = lattice.corners.0;
            lattice.fill(warp, out, |u, v| gradients[(v * width + u) as usize]);
        } else {
            lattice.fill(warp, out, |u, v| self.gradient(&lattice, u, v));
        }
    }

    fn gradient(&self, lattice: &Lattice, u: i32, v: i32) -> (f32, f32) {
        let hash = hash::at(self.seed, lattice.first.0 + i64::from(u), lattice.first.1 + i64::from(v));
        GRADIENTS[(hash >> 56) as usize]
    }

    fn lattice(&self, samples: Samples, warp: Option<&Warp>) -> Lattice {
        let (a, b, scale) = TURNS[self.index as usize % TURNS.len()];
        let spacing = self.wavelength * scale;
        let side = (VERTICES as i64 - 1) * UNITS_PER_METRE;
        let reach = |moved: &[i32]| {
            let (least, most) = moved.iter().fold((i32::MAX, i32::MIN), |(l, m), v| (l.min(*v), m.max(*v)));
            (i64::from(least), side + i64::from(most))
        };
        let ((x0, x1), (z0, z1)) =
            warp.map_or(((0, side), (0, side)), |warp| (reach(&warp.x), reach(&warp.z)));
        // No turn has a negative part, so the extremes of u and v lie at corners of the points' bounds.
        let (u, v) = (a * samples.x + b * samples.z, a * samples.z - b * samples.x);
        let (u_least, v_least) = (u + a * x0 + b * z0, v + a * z0 - b * x1);
        let (u_most, v_most) = (u + a * x1 + b * z1, v + a * z1 - b * x0);
        let first = (u_least.div_euclid(spacing), v_least.div_euclid(spacing));
        let corners = |first: i64, most: i64| (most.div_euclid(spacing) - first) as i32 + 2;
        Lattice {
            spacing: spacing as i32,
            per_unit: 1.0 / spacing as f32,
            turn: (a as i32, b as i32),
            start: ((u - first.0 * spacing) as i32, (v - first.1 * spacing) as i32),
            first,
            corners: (corners(first.0, u_most), corners(first.1, v_most)),
        }
    }
}

impl Lattice {
    fn fill(&self, warp: Option<&Warp>, out: &mut [f32], gradient: impl Fn(i32, i32) -> (f32, f32)) {
        match warp {
            None => Samples::offsets().for_each(|(i, x, z)| out[i] = self.value(x, z, &gradient)),
            Some(warp) => Samples::offsets()
                .for_each(|(i, x, z)| out[i] = self.value(x + warp.x[i], z + warp.z[i], &gradient)),
        }
    }

    #[inline]
    fn value(&self, x: i32, z: i32, gradient: &impl Fn(i32, i32) -> (f32, f32)) -> f32 {
        let (a, b) = self.turn;
        let (u, fu) = self.square(self.start.0 + a * x + b * z);
        let (v, fv) = self.square(self.start.1 + a * z - b * x);
        let dot = |(gu, gv): (f32, f32), du: f32, dv: f32| gu * du + gv * dv;
        let near = dot(gradient(u, v), fu, fv);
        let along_u = dot(gradient(u + 1, v), fu - 1.0, fv);
        let along_v = dot(gradient(u, v + 1), fu, fv - 1.0);
        let far = dot(gradient(u + 1, v + 1), fu - 1.0, fv - 1.0);
        let (su, sv) = (fade(fu), fade(fv));
        let first = near + su * (along_u - near);
        let second = along_v + su * (far - along_v);
        // The raw noise stays within ±√½.
        (first + sv * (second - first)) * std::f32::consts::SQRT_2
    }

    /// The lattice square that a turned coordinate falls into, and the fraction inside. The square is exact: the float
    /// quotient, which is quicker than a division, is off by one at most and put right in integers.
    #[inline]
    fn square(&self, units: i32) -> (i32, f32) {
        let guess = (units as f32 * self.per_unit) as i32;
        let rest = units - guess * self.spacing;
        let correction = i32::from(rest >= self.spacing) - i32::from(rest < 0);
        (guess + correction, (rest - correction * self.spacing) as f32 * self.per_unit)
    }
}

/// Perlin's quintic: flat in value, slope and curvature at both ends.
#[inline]
pub(crate) fn fade(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}
