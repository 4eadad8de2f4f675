//! `constant`: the same number everywhere.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};

/// The same number everywhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// The number.
    pub value: f32,
}

impl Field for Constant {
    fn range(&self, _: &[Range]) -> Range {
        Range::new(self.value, self.value)
    }

    fn fill(&self, _: Points<'_>, _: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        out.fill(self.value);
    }
}
