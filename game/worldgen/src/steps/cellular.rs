//! `cellular`: distances to points strewn over the plane.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range, WarpBy};
use crate::{
    noise::{Cells, Measure, Ways},
    recipe::{Length, RecipeFault},
};

/// Distances to points strewn over the plane, one a square: cracked ground, scales, plates. In wavelengths: `f1` and `edge`
/// are 0 to about 1, `f2` to about 1.5.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cellular {
    /// Distance between neighbouring points, on average.
    pub wavelength: Length,
    /// What is measured.
    #[serde(default)]
    pub give: Give,
    /// How far points stray from a square pattern, 0 to 1.
    #[serde(default = "most")]
    pub jitter: f32,
    /// Moves the points before the noise is read, which bends its shapes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warp: Option<WarpBy>,
    /// Seeds the noise instead of the layer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

/// What is measured of cellular noise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Give {
    /// The distance to the nearest point.
    #[default]
    F1,
    /// The distance to the second nearest.
    F2,
    /// The difference of both: 0 on the border between two cells.
    Edge,
}

fn most() -> f32 {
    0.8
}

impl Field for Cellular {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        self.warp.as_ref().map_or_else(Vec::new, WarpBy::inputs)
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if !(4 * 256..=32_000 * 256).contains(&self.wavelength.units()) {
            faults.push(RecipeFault::new("must be 4 m to 32 km").under("wavelength"));
        }
        if !(0.0..=1.0).contains(&self.jitter) {
            faults.push(RecipeFault::new("must be 0 to 1").under("jitter"));
        }
        if let Some(warp) = &self.warp {
            warp.check(faults);
        }
    }

    fn cost_ns(&self) -> f32 {
        if self.warp.is_some() { 90.0 } else { 5.0 }
    }
    fn salt(&self) -> Option<&str> {
        self.salt.as_deref()
    }

    fn range(&self, _: &[Range]) -> Range {
        match self.give {
            Give::F1 | Give::Edge => Range::new(0.0, 1.5),
            Give::F2 => Range::new(0.0, 2.2),
        }
    }

    fn fill(&self, points: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let warp = self.warp.as_ref().map(|warp| warp.resolve(inputs));
        let measure = match self.give {
            Give::F1 => Measure::Nearest,
            Give::F2 => Measure::Second,
            Give::Edge => Measure::Edge,
        };
        let cells =
            Cells { seed: points.seed, spacing: self.wavelength.units(), jitter: self.jitter, measure };
        cells.read(Ways { lanes: points.lanes, area: points.area, warp: warp.as_ref() }, out);
    }
}
