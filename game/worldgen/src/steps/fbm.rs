//! `fbm`: octaves of gradient noise, each half as wide as the one before.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::{
    hash,
    noise::{Octave, Samples, Warp},
    recipe::{Length, RecipeFault},
};

/// Octaves of gradient noise, each half as wide as the one before: rolling land. About -1 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fbm {
    /// Width of the broadest octave's swells.
    pub wavelength: Length,
    /// How many octaves.
    pub octaves: u32,
    /// Strength of each octave, of the one before.
    #[serde(default = "half")]
    pub gain: f32,
    /// Moves the points before the noise is read, which bends its shapes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warp: Option<WarpBy>,
    /// Seeds the noise instead of the layer's name: two layers of one salt are alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

/// How points are moved before noise is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WarpBy {
    /// The layer that moves them eastward.
    pub x: String,
    /// The layer that moves them southward.
    pub z: String,
    /// How far a layer's value of 1 moves them.
    pub distance: Length,
}

pub(super) fn half() -> f32 {
    0.5
}

impl WarpBy {
    pub(super) fn inputs(&self) -> Vec<(&'static str, &str)> {
        vec![("warp", &self.x), ("warp", &self.z)]
    }

    fn check(&self) -> Result<(), RecipeFault> {
        if (0..=2_000 * 256).contains(&self.distance.units()) {
            Ok(())
        } else {
            Err(RecipeFault::new("must be 0 m to 2 km").under("distance").under("warp"))
        }
    }

    pub(super) fn resolve(&self, inputs: &[&[f32]]) -> Warp {
        let distance = self.distance.units() as f32;
        // Whole units from here on: the noise is read at an exact place. The limit keeps the lattice within 32 bits.
        let moved = |value: &f32| (value.clamp(-2.0, 2.0) * distance) as i32;
        Warp { x: inputs[0].iter().map(moved).collect(), z: inputs[1].iter().map(moved).collect() }
    }
}

/// What `fbm` and `ridged` share: limits on the octaves.
pub(super) fn check_octaves(
    wavelength: Length,
    octaves: u32,
    gain: f32,
    warp: Option<&WarpBy>,
) -> Result<(), RecipeFault> {
    if !(1..=12).contains(&octaves) {
        return Err(RecipeFault::new("must be 1 to 12").under("octaves"));
    }
    if !(2 * 256..=32_000 * 256).contains(&wavelength.units()) {
        return Err(RecipeFault::new("must be 2 m to 32 km").under("wavelength"));
    }
    if wavelength.units() >> (octaves - 1) < 2 * 256 {
        let fault = RecipeFault::new(format!(
            "{octaves} octaves of {wavelength} go below 2 m, the finest that a chunk shows"
        ));
        return Err(fault.under("octaves"));
    }
    if !(0.0..=1.0).contains(&gain) {
        return Err(RecipeFault::new("must be 0 to 1").under("gain"));
    }
    warp.map_or(Ok(()), WarpBy::check)
}

/// The octaves of a step, broadest first.
pub(super) fn octaves(seed: u64, wavelength: Length, count: u32) -> impl Iterator<Item = Octave> {
    (0..count).map(move |index| Octave {
        seed: hash::at(seed, i64::from(index), 0),
        index,
        wavelength: wavelength.units() >> index,
    })
}

impl Field for Fbm {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        self.warp.as_ref().map_or_else(Vec::new, WarpBy::inputs)
    }

    fn check(&self) -> Result<(), RecipeFault> {
        check_octaves(self.wavelength, self.octaves, self.gain, self.warp.as_ref())
    }

    fn octaves(&self) -> u32 {
        self.octaves
    }

    fn salt(&self) -> Option<&str> {
        self.salt.as_deref()
    }

    fn fill(&self, points: Samples, seed: u64, inputs: &[&[f32]], out: &mut [f32]) {
        let warp = self.warp.as_ref().map(|warp| warp.resolve(inputs));
        let mut noise = vec![0.0; out.len()];
        let (mut strength, mut total) = (1.0, 0.0);
        out.fill(0.0);
        for octave in octaves(seed, self.wavelength, self.octaves) {
            octave.fill(points, warp.as_ref(), &mut noise);
            for (out, value) in out.iter_mut().zip(&noise) {
                *out += value * strength;
            }
            total += strength;
            strength *= self.gain;
        }
        for out in out {
            *out /= total;
        }
    }
}
