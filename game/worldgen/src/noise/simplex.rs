//! OpenSimplex2 (the fast variant): noise on a lattice of triangles.
//!
//! The triangles come from skewing squares by 41/112, which is within 0.02% of the (√3-1)/2 that makes them equilateral,
//! and is exact in integers at any distance from the origin.

use super::{
    gradients::gradient,
    octave::{Lattice, Put, Ways},
    scattered::{Flavour, read as read_scattered},
};

/// How a skewed place is led back: 41/194.
const UNSKEW: f32 = -41.0 / 194.0;
/// Brings the noise to ±1, for gradients of length √2.
const SCALE: f32 = 99.836_85 * std::f32::consts::FRAC_1_SQRT_2;

#[derive(Clone, Copy)]
struct Simplex;

impl Flavour<3> for Simplex {
    const TURN: [i64; 3] = [153, 41, 112];

    #[inline(always)]
    fn corner(hash: u32) -> [f32; 2] {
        gradient(hash)
    }

    #[inline(always)]
    fn around(fu: f32, fv: f32) -> [(u32, u32); 3] {
        let east = u32::from(fu > fv);
        [(0, 0), (east, 1 - east), (1, 1)]
    }

    #[inline(always)]
    fn value(fu: f32, fv: f32, corners: [[f32; 2]; 3]) -> f32 {
        value(fu, fv, corners) * SCALE
    }
}

/// The sum of the three corners' shares. `fu` and `fv` are the place in the skewed square; the corners are the square's
/// first, the one on the point's side of the diagonal, and the opposite one.
#[inline(always)]
fn value(fu: f32, fv: f32, [a, b, c]: [[f32; 2]; 3]) -> f32 {
    let t = (fu + fv) * UNSKEW;
    let (x, z) = (fu + t, fv + t);
    let share = |x: f32, z: f32, [gx, gz]: [f32; 2]| {
        let near = 0.5 - x * x - z * z;
        let near = if near > 0.0 { near } else { 0.0 };
        (near * near) * (near * near) * (gx * x + gz * z)
    };
    let (east, south) = if fu > fv { (1.0, 0.0) } else { (0.0, 1.0) };
    share(x, z, a)
        + share(x - east - UNSKEW, z - south - UNSKEW, b)
        + share(x - 1.0 - 2.0 * UNSKEW, z - 1.0 - 2.0 * UNSKEW, c)
}

/// OpenSimplex2 noise of one octave.
pub(super) fn read(ways: Ways<'_>, lattice: &Lattice, put: Put, out: &mut [f32]) {
    read_scattered(Simplex, ways, lattice, put, out);
}
