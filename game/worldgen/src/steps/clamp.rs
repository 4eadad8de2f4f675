//! `clamp`: a layer kept within limits.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::recipe::RecipeFault;

/// A layer kept within limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clamp {
    /// The layer.
    pub of: String,
    /// The least value.
    pub min: f32,
    /// The greatest value.
    pub max: f32,
}

impl Field for Clamp {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        vec![("of", &self.of)]
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        // Written so that a number that is none is refused too.
        let ordered = self.min <= self.max;
        if !ordered {
            faults.push(RecipeFault::new("min is above max").under("min"));
        }
    }

    fn range(&self, inputs: &[Range]) -> Range {
        inputs[0].clamp(self.min, self.max)
    }

    fn fill(&self, _: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        for (out, value) in out.iter_mut().zip(inputs[0]) {
            *out = value.clamp(self.min, self.max);
        }
    }
}
