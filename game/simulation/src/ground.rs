//! Points on the ground plane, and the integer maths of going from one to another.

use grid::{CellCoord, Position};

/// A point without its height, in 1/256 m. Heights follow from terrain.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct GroundPoint {
    /// Eastward, in 1/256 m.
    pub x: i64,
    /// Southward, in 1/256 m.
    pub z: i64,
}

impl GroundPoint {
    /// A point given in 1/256 m.
    #[must_use]
    pub const fn new(x: i64, z: i64) -> Self {
        Self { x, z }
    }

    /// The point at height `y`, in 1/256 m.
    #[must_use]
    pub const fn at_height(self, y: i64) -> Position {
        Position::new(self.x, y, self.z)
    }

    /// The cell that holds the point.
    #[must_use]
    pub fn cell(self) -> CellCoord {
        self.at_height(0).cell()
    }

    /// Distance to `other` in 1/256 m, rounded down; `None` where it doesn't fit an `i64`.
    #[must_use]
    pub fn distance(self, other: Self) -> Option<i64> {
        let squared = self.at_height(0).ground_distance_squared(other.at_height(0));
        // Nearly all distances are short, and of short numbers the root is found much sooner.
        match u64::try_from(squared) {
            Ok(short) => i64::try_from(short.isqrt()).ok(),
            Err(_) => i64::try_from(squared.isqrt()).ok(),
        }
    }

    /// The direction from here to `other` in 256ths of a turn, clockwise seen from above: 0 looks north, 64 east.
    /// `None` for the same point.
    #[must_use]
    pub fn yaw_towards(self, other: Self) -> Option<u8> {
        let (dx, dz) = (other.x.saturating_sub(self.x), other.z.saturating_sub(self.z));
        let (ax, az) = (dx.unsigned_abs(), dz.unsigned_abs());
        if ax == 0 && az == 0 {
            return None;
        }
        // Angle within the octant, from the axis that is nearer: atan(t) ≈ t·(1.273 − 0.273·t) eighths of a turn, to a quarter of a degree.
        let (small, large) = if ax < az { (ax, az) } else { (az, ax) };
        let t = u128::from(small) * 1024 / u128::from(large);
        let within = (t * (1304 - 280 * t / 1024) / 1024).min(1024) as i32;
        let from_axis = (within * 32 + 512) / 1024;
        let quarter = if ax < az { from_axis } else { 64 - from_axis };
        let turn = match (dx >= 0, dz >= 0) {
            (true, false) => quarter,
            (true, true) => 128 - quarter,
            (false, true) => 128 + quarter,
            (false, false) => 256 - quarter,
        };
        Some((turn % 256) as u8)
    }
}

impl From<Position> for GroundPoint {
    fn from(position: Position) -> Self {
        Self::new(position.x, position.z)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eight_winds_are_eighths_of_a_turn() {
        let winds = [
            (0, -9, 0),
            (9, -9, 32),
            (9, 0, 64),
            (9, 9, 96),
            (0, 9, 128),
            (-9, 9, 160),
            (-9, 0, 192),
            (-9, -9, 224),
        ];
        for (x, z, yaw) in winds {
            assert_eq!(
                GroundPoint::default().yaw_towards(GroundPoint::new(x, z)),
                Some(yaw),
                "towards ({x}, {z})"
            );
        }
        assert_eq!(GroundPoint::default().yaw_towards(GroundPoint::default()), None);
    }

    #[test]
    fn yaw_is_close_to_the_true_angle() {
        for step in 0..3600 {
            let angle = f64::from(step) * std::f64::consts::TAU / 3600.0;
            let to = GroundPoint::new((angle.sin() * 1e6) as i64, (-angle.cos() * 1e6) as i64);
            let yaw = f64::from(GroundPoint::default().yaw_towards(to).expect("not the same point"));
            let error = (yaw - angle / std::f64::consts::TAU * 256.0 + 128.0).rem_euclid(256.0) - 128.0;
            assert!(error.abs() < 1.25, "{error} off at {angle}");
        }
    }

    #[test]
    fn the_ends_of_the_number_line_are_far_apart_but_no_panic() {
        let (west, east) = (GroundPoint::new(i64::MIN, i64::MIN), GroundPoint::new(i64::MAX, i64::MAX));
        assert_eq!(west.distance(east), None);
        assert_eq!(west.yaw_towards(east), Some(96));
    }
}
