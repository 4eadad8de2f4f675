//! `lapse`: it gets colder with height.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::recipe::{Length, RecipeFault, Share};

/// A temperature that falls with the height of the ground, and stays as it is below `above`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lapse {
    /// The temperature at `above`.
    pub of: String,
    /// The height of the ground, in metres.
    pub height: String,
    /// How much it falls over `per`.
    pub loss: Share,
    /// The rise that costs `loss`.
    pub per: Length,
    /// The height from which on it falls.
    #[serde(default)]
    pub above: Length,
}

impl Lapse {
    fn per_metre(&self) -> f32 {
        self.loss.get() / self.per.metres()
    }
}

impl Field for Lapse {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        vec![("of", &self.of), ("height", &self.height)]
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if self.per.units() < 256 {
            faults.push(RecipeFault::new("must be 1 m or more").under("per"));
        }
    }

    fn range(&self, inputs: &[Range]) -> Range {
        let loss = |height: f32| (height - self.above.metres()).max(0.0) * self.per_metre();
        Range::new(inputs[0].low - loss(inputs[1].high), inputs[0].high - loss(inputs[1].low))
    }

    fn fill(&self, _: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let (above, per_metre) = (self.above.metres(), self.per_metre());
        for ((out, of), height) in out.iter_mut().zip(inputs[0]).zip(inputs[1]) {
            let rise = height - above;
            let rise = if rise > 0.0 { rise } else { 0.0 };
            *out = of - rise * per_metre;
        }
    }
}
