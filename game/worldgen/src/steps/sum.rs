//! `sum`: layers added up, each with a weight.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::{lanes::Kernel, recipe::RecipeFault};

/// Layers added up, each with a weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// What is added up, in this order.
    pub of: Vec<Term>,
    /// A number on top.
    #[serde(default)]
    pub plus: f32,
}

/// One layer of a sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The layer.
    pub layer: String,
    /// Its weight.
    #[serde(default = "one")]
    pub times: f32,
}

fn one() -> f32 {
    1.0
}

impl Field for Sum {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        self.of.iter().map(|term| ("of", term.layer.as_str())).collect()
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if !(1..=16).contains(&self.of.len()) {
            faults.push(RecipeFault::new("takes 1 to 16 layers").under("of"));
        }
    }

    fn range(&self, inputs: &[Range]) -> Range {
        let start = Range::new(self.plus, self.plus);
        self.of
            .iter()
            .zip(inputs)
            .fold(start, |sum, (term, input)| sum.plus(input.times(Range::new(term.times, term.times))))
    }

    fn fill(&self, points: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        out.fill(self.plus);
        for (term, input) in self.of.iter().zip(inputs) {
            points.lanes.run(Add { input, times: term.times, out });
        }
    }
}

/// Adds one term.
struct Add<'a> {
    input: &'a [f32],
    times: f32,
    out: &'a mut [f32],
}

impl Kernel for Add<'_> {
    #[inline(always)]
    fn run(self) {
        self.out.iter_mut().zip(self.input).for_each(|(out, value)| *out += value * self.times);
    }
}
