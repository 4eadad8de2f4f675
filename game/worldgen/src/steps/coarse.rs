//! `coarse`: a layer evaluated on a coarse lattice and smoothed between its points.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range, spread};
use crate::{
    area::Area,
    recipe::{Length, RecipeFault},
};

/// A layer evaluated only every so many metres, with a smooth surface in between. What is broad anyway costs a fraction
/// this way, however many octaves and warps it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Coarse {
    /// The layer.
    pub of: String,
    /// Distance of the points where it is evaluated.
    pub every: Length,
}

/// Bounds of the lattices that steps may pull from: no finer than a chunk's own points, no coarser than a chunk.
pub(super) fn check_every(every: Length, faults: &mut Vec<RecipeFault>) {
    if !(256..=64 * 256).contains(&every.units()) {
        faults.push(RecipeFault::new("must be 1 m to 64 m").under("every"));
    }
}

impl Field for Coarse {
    fn pull(&self) -> Option<(&'static str, &str)> {
        Some(("of", &self.of))
    }

    fn pulled(&self, area: &Area) -> Area {
        let every = self.every.units();
        if [area.x, area.z, area.step].iter().all(|part| part % every == 0) {
            // The points asked for are points of the lattice: nothing lies between.
            return *area;
        }
        spread::lattice(area, every, 0)
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        check_every(self.every, faults);
    }

    fn cost_ns(&self) -> f32 {
        0.8
    }

    fn range(&self, inputs: &[Range]) -> Range {
        // Between its points the curve may swing out by an eighth.
        let swing = (inputs[0].high - inputs[0].low) * 0.125;
        Range::new(inputs[0].low - swing, inputs[0].high + swing)
    }

    fn fill(&self, points: Points<'_>, _: &[&[f32]], pulled: Option<&Patch>, out: &mut [f32]) {
        match pulled {
            Some(patch) if patch.area == *points.area => out.copy_from_slice(&patch.values),
            Some(patch) => spread::spread(points, patch, out),
            None => {}
        }
    }
}
