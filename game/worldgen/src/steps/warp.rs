//! `warp`: a key of the noises, not a step: moves the points before the noise is read.

use serde::{Deserialize, Serialize};

use crate::{
    lanes::nearest,
    noise::{WARP_MAX, Warp},
    recipe::{Length, RecipeFault},
};

/// How points are moved before noise is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WarpBy {
    /// The layer that moves them eastward.
    pub x: String,
    /// The layer that moves them southward.
    pub z: String,
    /// How far a layer's value of 1 moves them.
    pub distance: Length,
}

impl WarpBy {
    pub(super) fn inputs(&self) -> Vec<(&'static str, &str)> {
        vec![("warp", &self.x), ("warp", &self.z)]
    }

    pub(super) fn check(&self, faults: &mut Vec<RecipeFault>) {
        if !(0..=WARP_MAX / 2).contains(&self.distance.units()) {
            faults.push(RecipeFault::new("must be 0 m to 2 km").under("distance").under("warp"));
        }
    }

    pub(super) fn resolve(&self, inputs: &[&[f32]]) -> Warp {
        let distance = self.distance.units() as f32;
        // Whole units from here on: the noise is read at an exact place. The limit keeps places within 31 bits.
        let moved = |value: &f32| nearest(value.clamp(-2.0, 2.0) * distance);
        Warp { x: inputs[0].iter().map(moved).collect(), z: inputs[1].iter().map(moved).collect() }
    }
}
