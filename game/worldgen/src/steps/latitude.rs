//! `latitude`: how far north or south of the equator.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::recipe::{Length, RecipeFault};

/// 0 at the equator, growing to 1 at the poles, which lie `reach` to the north and south. Beyond a pole it falls again, so
/// that a world without an end has climates without an end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Latitude {
    /// Where the equator lies, southward from the origin.
    #[serde(default)]
    pub equator: Length,
    /// The distance from the equator to a pole.
    pub reach: Length,
}

impl Field for Latitude {
    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if self.reach.units() < 64 * 256 {
            faults.push(RecipeFault::new("must be 64 m or more").under("reach"));
        }
    }

    fn range(&self, _: &[Range]) -> Range {
        Range::new(0.0, 1.0)
    }

    fn fill(&self, points: Points<'_>, _: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let reach = self.reach.units();
        for (row, out) in out.chunks_exact_mut(points.area.width).enumerate() {
            let away = (points.area.z + row as i64 * points.area.step - self.equator.units()).abs();
            let folded = away % (2 * reach);
            let folded = if folded > reach { 2 * reach - folded } else { folded };
            out.fill(folded as f32 / reach as f32);
        }
    }
}
