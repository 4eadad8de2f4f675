//! `blend`: from one layer to another, as a third says.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::noise::Samples;

/// From one layer to another, as a third says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Blend {
    /// The layer where `by` is 0 or less.
    pub from: String,
    /// The layer where `by` is 1 or more.
    pub to: String,
    /// The layer that decides.
    pub by: String,
}

impl Field for Blend {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        vec![("from", &self.from), ("to", &self.to), ("by", &self.by)]
    }

    fn fill(&self, _: Samples, _: u64, inputs: &[&[f32]], out: &mut [f32]) {
        let (from, to, by) = (inputs[0], inputs[1], inputs[2]);
        for (i, out) in out.iter_mut().enumerate() {
            *out = from[i] + (to[i] - from[i]) * by[i].clamp(0.0, 1.0);
        }
    }
}
