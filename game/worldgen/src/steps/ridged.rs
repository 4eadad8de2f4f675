//! `ridged`: noise folded into sharp crests.

use serde::{Deserialize, Serialize};

use super::{
    Field,
    fbm::{WarpBy, check_octaves, half, octaves},
};
use crate::{
    noise::Samples,
    recipe::{Length, RecipeFault},
};

/// Noise folded into sharp crests that carry finer crests: mountain ridges. 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ridged {
    /// Distance between the broadest crests.
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

impl Field for Ridged {
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
        // Finer crests grow on the coarser ones and leave the valleys smooth.
        let mut carried = vec![1.0_f32; out.len()];
        let (mut strength, mut total) = (1.0, 0.0);
        out.fill(0.0);
        for octave in octaves(seed, self.wavelength, self.octaves) {
            octave.fill(points, warp.as_ref(), &mut noise);
            for ((out, value), carried) in out.iter_mut().zip(&noise).zip(&mut carried) {
                let crest = 1.0 - value.abs().clamp(0.0, 1.0);
                let crest = crest * crest * *carried;
                *out += crest * strength;
                *carried = (crest * 2.0).clamp(0.0, 1.0);
            }
            total += strength;
            strength *= self.gain;
        }
        for out in out {
            *out /= total;
        }
    }
}
