//! `min` and `max`: the lowest or highest of layers.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::recipe::RecipeFault;

/// The lowest of some layers at each point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Min {
    /// The layers.
    pub of: Vec<String>,
}

/// The highest of some layers at each point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Max {
    /// The layers.
    pub of: Vec<String>,
}

fn named(of: &[String]) -> Vec<(&'static str, &str)> {
    of.iter().map(|layer| ("of", layer.as_str())).collect()
}

fn check_count(of: &[String], faults: &mut Vec<RecipeFault>) {
    if !(2..=16).contains(&of.len()) {
        faults.push(RecipeFault::new("takes 2 to 16 layers").under("of"));
    }
}

fn choose(inputs: &[&[f32]], out: &mut [f32], better: impl Fn(f32, f32) -> f32) {
    out.copy_from_slice(inputs[0]);
    for input in &inputs[1..] {
        out.iter_mut().zip(*input).for_each(|(out, value)| *out = better(*out, *value));
    }
}

impl Field for Min {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        named(&self.of)
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        check_count(&self.of, faults);
    }

    fn range(&self, inputs: &[Range]) -> Range {
        let least = |part: fn(&Range) -> f32| inputs.iter().map(part).fold(f32::INFINITY, f32::min);
        Range::new(least(|range| range.low), least(|range| range.high))
    }

    fn fill(&self, _: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        choose(inputs, out, |a, b| if b < a { b } else { a });
    }
}

impl Field for Max {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        named(&self.of)
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        check_count(&self.of, faults);
    }

    fn range(&self, inputs: &[Range]) -> Range {
        let most = |part: fn(&Range) -> f32| inputs.iter().map(part).fold(f32::NEG_INFINITY, f32::max);
        Range::new(most(|range| range.low), most(|range| range.high))
    }

    fn fill(&self, _: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        choose(inputs, out, |a, b| if b > a { b } else { a });
    }
}
