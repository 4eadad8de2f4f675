//! `multiply`: the product of layers.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::recipe::RecipeFault;

/// The product of layers, such as mountains and a mask of where they rise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Multiply {
    /// The layers.
    pub of: Vec<String>,
    /// A factor on top.
    #[serde(default = "one")]
    pub times: f32,
}

fn one() -> f32 {
    1.0
}

impl Field for Multiply {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        self.of.iter().map(|layer| ("of", layer.as_str())).collect()
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if !(1..=16).contains(&self.of.len()) {
            faults.push(RecipeFault::new("takes 1 to 16 layers").under("of"));
        }
    }

    fn range(&self, inputs: &[Range]) -> Range {
        inputs.iter().fold(Range::new(self.times, self.times), |product, input| product.times(*input))
    }

    fn fill(&self, _: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        out.fill(self.times);
        for input in inputs {
            for (out, value) in out.iter_mut().zip(*input) {
                *out *= value;
            }
        }
    }
}
