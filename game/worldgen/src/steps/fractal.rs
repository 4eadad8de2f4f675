//! Noise in octaves: `noise`, `fbm`, `billow`, `ridged`, `hybrid`, `eroded`.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range, WarpBy};
use crate::{
    noise::{self, Octave, Put, Scratch, Warp, Ways},
    recipe::{Basis, Length, RecipeFault},
};

/// Octaves of noise, each finer and weaker than the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fractal {
    /// What each octave is made of.
    #[serde(default)]
    pub noise: Basis,
    /// Width of the broadest octave's swells.
    pub wavelength: Length,
    /// How many octaves, 1 to 16.
    #[serde(default = "one")]
    pub octaves: u32,
    /// Strength of each octave, of the one before: 0 to 1.
    #[serde(default = "half")]
    pub gain: f32,
    /// How many times finer each octave is than the one before: 1.2 to 8.
    #[serde(default = "two")]
    pub lacunarity: f32,
    /// Moves the points before the noise is read, which bends its shapes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warp: Option<WarpBy>,
    /// Seeds the noise instead of the layer's name: two layers of one salt are alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

fn one() -> u32 {
    1
}

fn half() -> f32 {
    0.5
}

fn two() -> f32 {
    2.0
}

/// Shortest and longest wavelength, in 1/256 m. Beyond them places would not fit 31 bits, or shapes a chunk's metres.
const WAVELENGTHS: std::ops::RangeInclusive<i64> = 2 * 256..=32_000 * 256;

impl Fractal {
    fn check_keys(&self, faults: &mut Vec<RecipeFault>) {
        if !(1..=16).contains(&self.octaves) {
            faults.push(RecipeFault::new("must be 1 to 16").under("octaves"));
        } else if !WAVELENGTHS.contains(&self.wavelength.units()) {
            faults.push(RecipeFault::new("must be 2 m to 32 km").under("wavelength"));
        } else if self.lacunarity.is_nan() || !(1.2..=8.0).contains(&self.lacunarity) {
            faults.push(RecipeFault::new("must be 1.2 to 8").under("lacunarity"));
        } else if self.finest_units() < *WAVELENGTHS.start() {
            let fault = RecipeFault::new(format!(
                "too fine: {} octaves of {} go below 2 m, the finest that a chunk shows",
                self.octaves, self.wavelength
            ));
            faults.push(fault.under("octaves"));
        }
        if !(0.0..=1.0).contains(&self.gain) {
            faults.push(RecipeFault::new("must be 0 to 1").under("gain"));
        }
        if let Some(warp) = &self.warp {
            warp.check(faults);
        }
    }

    fn inputs_of_warp(&self) -> Vec<(&'static str, &str)> {
        self.warp.as_ref().map_or_else(Vec::new, WarpBy::inputs)
    }

    fn finest_units(&self) -> i64 {
        self.wavelengths().last().unwrap_or_default()
    }

    /// The octaves' wavelengths in 1/256 m, broadest first.
    fn wavelengths(&self) -> impl Iterator<Item = i64> {
        let (mut wavelength, by) = (self.wavelength.units() as f64, f64::from(self.lacunarity));
        (0..self.octaves).map(move |_| {
            let whole = wavelength as i64;
            wavelength /= by;
            whole
        })
    }

    fn cost(&self) -> f32 {
        let octave = match (self.noise, &self.warp) {
            (Basis::Opensimplex2, _) => 6.0,
            (_, Some(_)) => 5.0,
            (_, None) => 0.6,
        };
        octave * self.octaves as f32
    }

    /// Hands octave after octave to `combine`, each with its strength, and with what brings the sum of all strengths to 1.
    fn each(
        &self,
        points: Points<'_>,
        inputs: &[&[f32]],
        mut combine: impl FnMut(&Octave, Ways<'_>, (f32, f32), &mut Scratch),
    ) {
        let warp: Option<Warp> = self.warp.as_ref().map(|warp| warp.resolve(inputs));
        let ways = Ways { lanes: points.lanes, area: points.area, warp: warp.as_ref() };
        let mut scratch = Scratch::default();
        let strengths = || {
            (0..self.octaves).scan(1.0_f32, |next, _| {
                let strength = *next;
                *next *= self.gain;
                Some(strength)
            })
        };
        let share = 1.0 / strengths().fold(0.0, |total, strength| total + strength);
        for ((index, wavelength), strength) in self.wavelengths().enumerate().zip(strengths()) {
            let octave = Octave::new(self.noise, points.seed, index as u32, wavelength);
            combine(&octave, ways, (strength, share), &mut scratch);
        }
    }
}

/// A step that is a [`Fractal`], with its range and how its octaves are put together.
macro_rules! fractals {
    ($($(#[$doc:meta])* $name:ident, $range:expr, $extra:literal, $fill:path;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub Fractal);

        impl Field for $name {
            fn inputs(&self) -> Vec<(&'static str, &str)> {
                self.0.inputs_of_warp()
            }

            fn check(&self, faults: &mut Vec<RecipeFault>) {
                self.0.check_keys(faults);
            }

            fn cost_ns(&self) -> f32 {
                self.0.cost() + $extra * self.0.octaves as f32
            }
            fn salt(&self) -> Option<&str> {
                self.0.salt.as_deref()
            }

            fn range(&self, _: &[Range]) -> Range {
                $range
            }

            fn fill(&self, points: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
                $fill(&self.0, points, inputs, out);
            }
        }
    )+};
}

fractals! {
    /// Noise as it is, -1 to 1. With several octaves the same as `fbm`.
    Noise, Range::new(-1.0, 1.0), 0.0, sum;
    /// Octaves of noise added up: rolling land. -1 to 1, mostly -0.6 to 0.6.
    Fbm, Range::new(-1.0, 1.0), 0.0, sum;
    /// Octaves folded upward: dunes, boulders, clouds. -1 to 1.
    Billow, Range::new(-1.0, 1.0), 0.4, billow;
    /// Noise folded into sharp crests that carry finer crests: mountain ridges. 0 to 1.
    Ridged, Range::new(0.0, 1.0), 0.6, ridged;
    /// Hybrid multifractal: rough where it is high, smooth in its valleys. -1 to 1.
    Hybrid, Range::new(-1.0, 1.0), 0.6, hybrid;
    /// Octaves that fade where the ground is steep already, as rain and scree leave it: sharp spurs over smooth slopes.
    /// Each point by itself, so no neighbour is needed. Always of Perlin noise, and without a warp. -1 to 1.
    Eroded, Range::new(-1.0, 1.0), 1.5, eroded;
}

fn sum(fractal: &Fractal, points: Points<'_>, inputs: &[&[f32]], out: &mut [f32]) {
    fractal.each(points, inputs, |octave, ways, (strength, share), scratch| {
        let strength = strength * share;
        let put = if octave.index == 0 { Put::Over(strength) } else { Put::Add(strength) };
        octave.read(ways, put, scratch, out);
    });
}

fn billow(fractal: &Fractal, points: Points<'_>, inputs: &[&[f32]], out: &mut [f32]) {
    let mut noise = vec![0.0; out.len()];
    out.fill(0.0);
    fractal.each(points, inputs, |octave, ways, (strength, share), scratch| {
        octave.read(ways, Put::Over(1.0), scratch, &mut noise);
        let strength = strength * share;
        for (out, noise) in out.iter_mut().zip(&noise) {
            *out += (noise.abs() * 2.0 - 1.0) * strength;
        }
    });
}

fn ridged(fractal: &Fractal, points: Points<'_>, inputs: &[&[f32]], out: &mut [f32]) {
    let mut noise = vec![0.0; out.len()];
    // Finer crests grow on the coarser ones and leave the valleys smooth.
    let mut carried = vec![1.0_f32; out.len()];
    out.fill(0.0);
    fractal.each(points, inputs, |octave, ways, (strength, share), scratch| {
        octave.read(ways, Put::Over(1.0), scratch, &mut noise);
        let strength = strength * share;
        for ((out, noise), carried) in out.iter_mut().zip(&noise).zip(&mut carried) {
            let crest = 1.0 - noise.abs().clamp(0.0, 1.0);
            let crest = crest * crest * *carried;
            *out += crest * strength;
            *carried = (crest * 2.0).clamp(0.0, 1.0);
        }
    });
}

fn hybrid(fractal: &Fractal, points: Points<'_>, inputs: &[&[f32]], out: &mut [f32]) {
    let mut noise = vec![0.0; out.len()];
    let mut weight = vec![1.0_f32; out.len()];
    out.fill(0.0);
    fractal.each(points, inputs, |octave, ways, (strength, share), scratch| {
        octave.read(ways, Put::Over(1.0), scratch, &mut noise);
        let strength = strength * share;
        for ((out, noise), weight) in out.iter_mut().zip(&noise).zip(&mut weight) {
            *out += noise * *weight * strength;
            // How high the ground is decides how rough it may become.
            *weight = (*weight * (noise + 0.7)).clamp(0.0, 1.0);
        }
    });
}

fn eroded(fractal: &Fractal, points: Points<'_>, inputs: &[&[f32]], out: &mut [f32]) {
    let mut slope = noise::Slopes::level(out.len());
    out.fill(0.0);
    let broadest = fractal.wavelength.units() as f32;
    fractal.each(points, inputs, |octave, ways, (strength, share), _| {
        // The rise over the broadest wavelength: what an octave adds to it grows as it gets finer.
        let finer = broadest / octave.lattice.spacing as f32;
        octave.read_eroded(ways, (strength * share, strength * finer), &mut slope, out);
    });
}
