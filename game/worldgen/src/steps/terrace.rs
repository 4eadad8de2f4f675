//! `terrace`: a layer drawn in steps.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::{noise::fade, recipe::RecipeFault};

/// A layer drawn in steps, such as mesas and rice fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Terrace {
    /// The layer.
    pub of: String,
    /// The height of a step, in what the layer counts.
    pub every: f32,
    /// How flat the steps are: 0 leaves the layer as it is, 1 makes flats between cliffs.
    pub sharpness: f32,
}

impl Field for Terrace {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        vec![("of", &self.of)]
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if self.every.is_nan() || !(1e-3..=1e6).contains(&self.every) {
            faults.push(RecipeFault::new("must be 0.001 to 1000000").under("every"));
        }
        if !(0.0..=1.0).contains(&self.sharpness) {
            faults.push(RecipeFault::new("must be 0 to 1").under("sharpness"));
        }
    }

    fn cost_ns(&self) -> f32 {
        1.0
    }

    fn range(&self, inputs: &[Range]) -> Range {
        let whole = |value: f32, up: f32| ((value / self.every).floor() + up) * self.every;
        Range::new(whole(inputs[0].low, 0.0), whole(inputs[0].high, 1.0))
    }

    fn fill(&self, _: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let per_step = 1.0 / self.every;
        for (out, value) in out.iter_mut().zip(inputs[0]) {
            let steps = value * per_step;
            let below = steps.floor();
            let rest = steps - below;
            // Twice the fade: flat for most of the way, and then up.
            let stepped = fade(fade(rest));
            *out = (below + rest + (stepped - rest) * self.sharpness) * self.every;
        }
    }
}
