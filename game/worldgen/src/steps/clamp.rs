//! `clamp`: a layer kept within limits.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::{noise::Samples, recipe::RecipeFault};

/// A layer kept within limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
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

    fn check(&self) -> Result<(), RecipeFault> {
        if self.min <= self.max { Ok(()) } else { Err(RecipeFault::new("min is above max").under("min")) }
    }

    fn fill(&self, _: Samples, _: u64, inputs: &[&[f32]], out: &mut [f32]) {
        for (out, value) in out.iter_mut().zip(inputs[0]) {
            *out = value.clamp(self.min, self.max);
        }
    }
}
