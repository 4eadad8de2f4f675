//! `sum`: layers added up, each with a weight.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::{noise::Samples, recipe::RecipeFault};

/// Layers added up, each with a weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
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

    fn check(&self) -> Result<(), RecipeFault> {
        let known = (1..=16).contains(&self.of.len());
        if known { Ok(()) } else { Err(RecipeFault::new("takes 1 to 16 layers").under("of")) }
    }

    fn fill(&self, _: Samples, _: u64, inputs: &[&[f32]], out: &mut [f32]) {
        out.fill(self.plus);
        for (term, input) in self.of.iter().zip(inputs) {
            for (out, value) in out.iter_mut().zip(*input) {
                *out += value * term.times;
            }
        }
    }
}
