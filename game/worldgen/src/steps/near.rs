//! `near`: 1 around a place, falling to 0 further out.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::{
    noise::{Samples, fade},
    recipe::{Length, RecipeFault},
};

/// 1 around a place, falling smoothly to 0 further out: a mask for the land where players begin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
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
    fn check(&self) -> Result<(), RecipeFault> {
        if Length::default() <= self.inner && self.inner < self.outer {
            Ok(())
        } else {
            Err(RecipeFault::new("must lie between 0 m and `outer`").under("inner"))
        }
    }

    fn fill(&self, points: Samples, _: u64, _: &[&[f32]], out: &mut [f32]) {
        let (inner, outer) = (self.inner.units() as f64, self.outer.units() as f64);
        for (i, x, z) in Samples::offsets() {
            // Coordinates stay below 2^46, so the subtraction is exact; f64 holds the squares well enough.
            let dx = (points.x + i64::from(x) - self.x.units()) as f64;
            let dz = (points.z + i64::from(z) - self.z.units()) as f64;
            let share = ((outer - (dx * dx + dz * dz).sqrt()) / (outer - inner)).clamp(0.0, 1.0);
            out[i] = fade(share as f32);
        }
    }
}
