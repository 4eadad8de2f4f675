//! `near`: 1 around a place, falling to 0 further out.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::{
    noise::fade,
    recipe::{Length, RecipeFault},
};

/// 1 around a place, falling smoothly to 0 further out: a mask for the land where players begin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// The place, eastward.
    pub x: Length,
    /// The place, southward.
    pub z: Length,
    /// The distance up to which the value is 1.
    pub inner: Length,
    /// The distance from which on it is 0.
    pub outer: Length,
}

impl Field for Near {
    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if self.inner < Length::default() || self.outer <= self.inner {
            faults.push(RecipeFault::new("must lie between 0 m and `outer`").under("inner"));
        }
    }

    fn cost_ns(&self) -> f32 {
        4.0
    }

    fn range(&self, _: &[Range]) -> Range {
        Range::new(0.0, 1.0)
    }

    fn fill(&self, points: Points<'_>, _: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let (inner, outer) = (self.inner.units(), self.outer.units());
        let area = points.area;
        let (far_x, far_z) = area.far_corner();
        let away = |low: i64, high: i64, at: i64| (low - at).max(at - high).max(0);
        let (dx, dz) = (away(area.x, far_x, self.x.units()), away(area.z, far_z, self.z.units()));
        if dx.max(dz) >= outer {
            // Most areas of a world: far away.
            return out.fill(0.0);
        }
        let per_unit = 1.0 / (outer - inner) as f64;
        for (row, out) in out.chunks_exact_mut(area.width).enumerate() {
            // Coordinates stay below 2^48, so the differences are exact; f64 holds the squares well enough.
            let dz = (area.z + row as i64 * area.step - self.z.units()) as f64;
            for (column, out) in out.iter_mut().enumerate() {
                let dx = (area.x + column as i64 * area.step - self.x.units()) as f64;
                let share = (outer as f64 - (dx * dx + dz * dz).sqrt()) * per_unit;
                *out = fade(share.clamp(0.0, 1.0) as f32);
            }
        }
    }
}
