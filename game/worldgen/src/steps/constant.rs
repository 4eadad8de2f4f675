//! `constant`: the same number everywhere.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::noise::Samples;

/// The same number everywhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// The number.
    pub value: f32,
}

impl Field for Constant {
    fn fill(&self, _: Samples, _: u64, _: &[&[f32]], out: &mut [f32]) {
        out.fill(self.value);
    }
}
