//! `slope`: how steep a layer is.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range, coarse::check_every, spread};
use crate::{
    area::Area,
    recipe::{Length, RecipeFault},
};

/// How steep a layer is, as rise over run, when it is taken as a height in metres.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Slope {
    /// The layer.
    pub of: String,
    /// Distance of the points between which the rise is measured: shapes that are finer don't count.
    pub every: Length,
}

impl Field for Slope {
    fn pull(&self) -> Option<(&'static str, &str)> {
        Some(("of", &self.of))
    }

    fn pulled(&self, area: &Area) -> Area {
        spread::lattice(area, self.every.units(), 1)
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        check_every(self.every, faults);
    }

    fn cost_ns(&self) -> f32 {
        1.0
    }

    fn range(&self, inputs: &[Range]) -> Range {
        // Catmull-Rom may swing below 0 by an eighth between two points.
        let most = (inputs[0].high - inputs[0].low) / self.every.metres();
        Range::new(-0.125 * most, 1.125 * most)
    }

    fn fill(&self, points: Points<'_>, _: &[&[f32]], pulled: Option<&Patch>, out: &mut [f32]) {
        let Some(Patch { area, values }) = pulled else { return };
        let per_metre = 0.5 / self.every.metres();
        let inner = Area {
            x: area.x + area.step,
            z: area.z + area.step,
            width: area.width - 2,
            height: area.height - 2,
            ..*area
        };
        let places = (0..inner.height).flat_map(|row| (0..inner.width).map(move |column| (column, row)));
        let slopes = places.map(|(column, row)| {
            let at = (row + 1) * area.width + column + 1;
            let east = (values[at + 1] - values[at - 1]) * per_metre;
            let south = (values[at + area.width] - values[at - area.width]) * per_metre;
            (east * east + south * south).sqrt()
        });
        spread::spread(points, &Patch { area: inner, values: Arc::new(slopes.collect()) }, out);
    }
}
