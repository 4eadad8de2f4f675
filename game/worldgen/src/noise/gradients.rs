//! Directions of the lattices' gradients.

/// Directions spread evenly over the circle, each of length √2: Perlin noise then stays within ±1.
pub(crate) static GRADIENTS: [[f32; 2]; 256] = gradients();

const fn gradients() -> [[f32; 2]; 256] {
    let mut table = [[0.0, 0.0]; 256];
    let mut i = 0;
    while i < 256 {
        // The half-angle form of a circle's point needs no sine. Over one eighth of the circle its steps are nearly even.
        let t = ((i / 8) as f32 + 0.5) / 32.0 * 0.414_213_57;
        let length = std::f32::consts::SQRT_2;
        let (c, s) = (length * (1.0 - t * t) / (1.0 + t * t), length * 2.0 * t / (1.0 + t * t));
        let (x, z) = if i & 1 == 0 { (c, s) } else { (s, c) };
        table[i] = [if i & 2 == 0 { x } else { -x }, if i & 4 == 0 { z } else { -z }];
        i += 1;
    }
    table
}

/// The gradient that a corner's hash chooses.
#[inline(always)]
pub(crate) fn gradient(hash: u32) -> [f32; 2] {
    GRADIENTS[(hash >> 24) as usize]
}

/// The value that a corner's hash chooses, -1 to 1.
#[inline(always)]
pub(crate) fn value(hash: u32) -> f32 {
    (hash >> 8) as f32 * (1.0 / 8_388_608.0) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_are_of_one_length_and_point_everywhere_alike() {
        let sum = GRADIENTS.iter().fold([0.0_f32; 2], |sum, [x, z]| [sum[0] + x, sum[1] + z]);
        assert!(sum[0].abs() < 1e-3 && sum[1].abs() < 1e-3);
        assert!(GRADIENTS.iter().all(|[x, z]| (x * x + z * z - 2.0).abs() < 1e-5));
        assert_eq!((value(0), value(u32::MAX) < 1.0), (-1.0, true));
    }
}
