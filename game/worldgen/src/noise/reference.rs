//! The noises beside their references, written down a second time as their authors define them, in double precision.
//!
//! The references come with lattices of their own, of 256 corners. So each is written with the corners' gradients left open:
//! with its author's gradients it gives its author's values, with ours it must give ours.

use super::{
    gradients::{gradient, value},
    octave::{Octave, Put, Warp, Ways},
    rows::Scratch,
};
use crate::{area::Area, hash, lanes::Lanes, recipe::Basis};

/// Ken Perlin's permutation, from "Improving Noise" (2002).
const PERMUTATION: [u8; 256] = [
    151, 160, 137, 91, 90, 15, 131, 13, 201, 95, 96, 53, 194, 233, 7, 225, 140, 36, 103, 30, 69, 142, 8, 99,
    37, 240, 21, 10, 23, 190, 6, 148, 247, 120, 234, 75, 0, 26, 197, 62, 94, 252, 219, 203, 117, 35, 11, 32,
    57, 177, 33, 88, 237, 149, 56, 87, 174, 20, 125, 136, 171, 168, 68, 175, 74, 165, 71, 134, 139, 48, 27,
    166, 77, 146, 158, 231, 83, 111, 229, 122, 60, 211, 133, 230, 220, 105, 92, 41, 55, 46, 245, 40, 244,
    102, 143, 54, 65, 25, 63, 161, 1, 216, 80, 73, 209, 76, 132, 187, 208, 89, 18, 169, 200, 196, 135, 130,
    116, 188, 159, 86, 164, 100, 109, 198, 173, 186, 3, 64, 52, 217, 226, 250, 124, 123, 5, 202, 38, 147,
    118, 126, 255, 82, 85, 212, 207, 206, 59, 227, 47, 16, 58, 17, 182, 189, 28, 42, 223, 183, 170, 213, 119,
    248, 152, 2, 44, 154, 163, 70, 221, 153, 101, 155, 167, 43, 172, 9, 129, 22, 39, 253, 19, 98, 108, 110,
    79, 113, 224, 232, 178, 185, 112, 104, 218, 246, 97, 228, 251, 34, 242, 193, 238, 210, 144, 12, 191, 179,
    162, 241, 81, 51, 145, 235, 249, 14, 239, 107, 49, 192, 214, 31, 181, 199, 106, 157, 184, 84, 204, 176,
    115, 121, 50, 45, 127, 4, 150, 254, 138, 236, 205, 93, 222, 114, 67, 29, 24, 72, 243, 141, 128, 195, 78,
    66, 215, 61, 156, 180,
];

/// The gradient that the improved noise gives to a corner of a plane of whole `z`.
fn perlins_gradient(x: i64, y: i64, z: i64) -> [f64; 2] {
    let turn = |from: u8, by: i64| PERMUTATION[usize::from(from.wrapping_add(by.rem_euclid(256) as u8))];
    let hash = turn(turn(turn(0, x), y), z) & 15;
    // `u` and `v` are which of the three coordinates count; the third one is 0 in the plane.
    let (u, v) = match hash {
        0..=3 => (Some(0), Some(1)),
        4..=7 => (Some(0), None),
        12 | 14 => (Some(1), Some(0)),
        _ => (Some(1), None),
    };
    let mut gradient = [0.0; 2];
    for (axis, bit) in [(u, 1), (v, 2)] {
        if let Some(axis) = axis {
            gradient[axis] += if hash & bit == 0 { 1.0 } else { -1.0 };
        }
    }
    gradient
}

fn fade(t: f64) -> f64 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

fn lerp(t: f64, a: f64, b: f64) -> f64 {
    a + t * (b - a)
}

/// What a noise on squares is made of: a blend of the four corners' numbers.
fn on_squares(x: f64, y: f64, corner: impl Fn(i64, i64, f64, f64) -> f64) -> f64 {
    let (column, row) = (x.floor() as i64, y.floor() as i64);
    let (fx, fy) = (x - x.floor(), y - y.floor());
    let at = |dx: i64, dy: i64| corner(column + dx, row + dy, fx - dx as f64, fy - dy as f64);
    lerp(fade(fy), lerp(fade(fx), at(0, 0), at(1, 0)), lerp(fade(fx), at(0, 1), at(1, 1)))
}

/// The improved noise, in a plane of whole third coordinate.
fn perlin(x: f64, y: f64, gradient: impl Fn(i64, i64) -> [f64; 2]) -> f64 {
    on_squares(x, y, |column, row, fx, fy| {
        let [gx, gy] = gradient(column, row);
        gx * fx + gy * fy
    })
}

/// OpenSimplex2 in the plane: every corner's share fades as (1/2 - distance²)⁴. The author looks at the three corners of the
/// triangle; no other one is nearer than √½, so looking at more of them gives the same.
fn open_simplex_2(x: f64, y: f64, skew: f64, gradient: impl Fn(i64, i64) -> [f64; 2]) -> f64 {
    const NORMALIZER_2D: f64 = 0.010_016_341_213_657_12;
    let unskew = skew / (1.0 + 2.0 * skew);
    let (u, v) = (x + skew * (x + y), y + skew * (x + y));
    let mut sum = 0.0;
    for (du, dv) in (-1..=2).flat_map(|dv| (-1..=2).map(move |du| (du, dv))) {
        let (column, row) = (u.floor() as i64 + du, v.floor() as i64 + dv);
        let (su, sv) = (column as f64, row as f64);
        let (dx, dy) = (x - (su - unskew * (su + sv)), y - (sv - unskew * (su + sv)));
        let near = (0.5 - dx * dx - dy * dy).max(0.0);
        let [gx, gy] = gradient(column, row);
        sum += near * near * near * near * (gx * dx + gy * dy) / NORMALIZER_2D;
    }
    sum
}

const WAVELENGTH: i64 = 700;

/// Compares an octave with a reference, with and without a warp, near the origin and at the end of the grid.
fn compare(basis: Basis, reference: impl Fn(&Octave, f64, f64, (i64, i64)) -> f64) {
    for (seed, corner) in [(1, (0, 0)), (2, (-40_000, 90_000)), (3, (-(1 << 47), (1 << 47) - 20_000))] {
        let octave = Octave::new(basis, seed, 0, WAVELENGTH);
        let area = Area { x: corner.0, z: corner.1, step: 37, width: 41, height: 29 };
        // Counted from a corner near by, so that doubles have the bits.
        let squares = |start: i64, shift: i64| (start + shift).div_euclid(WAVELENGTH);
        let first = (squares(area.x, octave.lattice.shift.0), squares(area.z, octave.lattice.shift.1));
        let drift = |i: usize, by: i32| (i as i32 * 7919 % 601 - 300) * by;
        for by in [0, 1, 3] {
            let points = 0..area.points();
            let warp = Warp {
                x: points.clone().map(|i| drift(i, by)).collect(),
                z: points.clone().map(|i| drift(i + 5, by)).collect(),
            };
            let ways = Ways { lanes: Lanes::widest(), area: &area, warp: (by > 0).then_some(&warp) };
            let mut out = vec![0.0; area.points()];
            octave.read(ways, Put::Over(1.0), &mut Scratch::default(), &mut out);
            for i in points {
                let place = |start: i64, index: usize, warp: i32, shift: i64, first: i64| {
                    let units = start + index as i64 * area.step + i64::from(warp) + shift;
                    (units - first * WAVELENGTH) as f64 / WAVELENGTH as f64
                };
                let x = place(area.x, i % area.width, warp.x[i], octave.lattice.shift.0, first.0);
                let z = place(area.z, i / area.width, warp.z[i], octave.lattice.shift.1, first.1);
                let expected = reference(&octave, x, z, first);
                assert!((f64::from(out[i]) - expected).abs() < 5e-6, "{} for {expected} at {x} {z}", out[i]);
            }
        }
    }
}

/// What the corner's hash chooses, of an octave's lattice.
fn corner<T>(octave: &Octave, column: i64, row: i64, choose: impl Fn(u32) -> T) -> T {
    let seeds = octave.lattice.seeds;
    choose(hash::corner(hash::half(seeds.0, column), hash::half(seeds.1, row)))
}

#[test]
fn the_reference_of_perlin_gives_the_published_value() {
    // Of the Java implementation of 2002 at (3.14, 42, 7).
    let value = perlin(314.0 / 100.0, 42.0, |x, y| perlins_gradient(x, y, 7));
    assert!((value - 0.136_919_958_784_000_12).abs() < 1e-15, "{value}");
    assert_eq!(perlin(5.0, -3.0, |x, y| perlins_gradient(x, y, 0)), 0.0);
}

#[test]
fn our_perlin_is_the_reference_with_gradients_of_our_own() {
    compare(Basis::Perlin, |octave, x, z, first| {
        perlin(x, z, |column, row| corner(octave, first.0 + column, first.1 + row, gradient).map(f64::from))
    });
}

#[test]
fn our_value_noise_blends_its_corners_as_perlin_does() {
    compare(Basis::Value, |octave, x, z, first| {
        on_squares(x, z, |column, row, _, _| {
            f64::from(corner(octave, first.0 + column, first.1 + row, value))
        })
    });
}

#[test]
fn our_opensimplex2_is_the_reference_with_gradients_of_our_own() {
    // The reference's skew is (√3 - 1) / 2; 41/112 is within 0.02% of it, and exact in integers.
    let skew = 41.0 / 112.0;
    assert!((skew / ((3.0_f64.sqrt() - 1.0) / 2.0) - 1.0).abs() < 2e-4);
    compare(Basis::Opensimplex2, |octave, x, z, first| {
        // The lattice is turned, so squares are counted anew: from where the first one's corner lies on it.
        let [a, b, scale] = [153_i64, 41, 112];
        let turned = |p: i64, q: i64| (a * p + b * q).div_euclid(scale);
        let from = (turned(first.0, first.1), turned(first.1, first.0));
        let rest = |p: i64, q: i64, from: i64| (a * p + b * q - from * scale) as f64 / scale as f64;
        // Where our place lies from the corner that squares are counted from, turned back.
        let (u, v) = (rest(first.0, first.1, from.0), rest(first.1, first.0, from.1));
        let back = |u: f64, v: f64| {
            let unskew = skew / (1.0 + 2.0 * skew);
            (u - unskew * (u + v), v - unskew * (u + v))
        };
        let (ox, oz) = back(u, v);
        open_simplex_2(x + ox, z + oz, skew, |column, row| {
            let [gx, gz] = corner(octave, from.0 + column, from.1 + row, gradient).map(f64::from);
            // Ours have the length √2, the reference's 1.
            [gx / 2.0_f64.sqrt(), gz / 2.0_f64.sqrt()]
        })
    });
}
