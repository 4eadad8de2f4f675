//! `blend`: from one layer to another, as a third says.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};

/// From one layer to another, as a third says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

    fn range(&self, inputs: &[Range]) -> Range {
        let by = inputs[2].clamp(0.0, 1.0);
        let at = |share: f32| {
            let (from, to) = (inputs[0], inputs[1]);
            [from.low + (to.low - from.low) * share, from.high + (to.high - from.high) * share]
        };
        Range::hull(at(by.low).into_iter().chain(at(by.high)))
    }

    fn fill(&self, _: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let (from, to, by) = (&inputs[0][..out.len()], &inputs[1][..out.len()], &inputs[2][..out.len()]);
        for (i, out) in out.iter_mut().enumerate() {
            *out = from[i] + (to[i] - from[i]) * by[i].clamp(0.0, 1.0);
        }
    }
}
