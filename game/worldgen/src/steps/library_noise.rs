//! `library_noise`: the generators of the `noise` crate, under their own names.

use noise::NoiseFn;
use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::recipe::{Length, RecipeFault};

/// One octave of a generator of the Rust crate `noise`, as that crate makes it: for recipes that come from there. Slower
/// than the steps of our own, and those on squares repeat after 256 wavelengths. -1 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LibraryNoise {
    /// Which generator.
    pub generator: Generator,
    /// Distance of the lattice's corners.
    pub wavelength: Length,
    /// Seeds the noise instead of the layer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

/// A generator of the crate `noise`. Only `perlin` and `value` have the same bits on every machine; the others raise to
/// powers with the platform's help, and need a recipe that is `grown_by: server`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Generator {
    /// `noise::Perlin`: the same bits everywhere.
    Perlin,
    /// `noise::Value`: the same bits everywhere.
    Value,
    /// `noise::PerlinSurflet`.
    PerlinSurflet,
    /// `noise::Simplex`.
    Simplex,
    /// `noise::OpenSimplex`.
    OpenSimplex,
    /// `noise::SuperSimplex`.
    SuperSimplex,
    /// `noise::Worley`.
    Worley,
}

impl Generator {
    /// Whether its bits are the same on every machine.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Perlin | Self::Value)
    }

    /// After how many wavelengths it repeats. Those on triangles don't repeat along the axes.
    fn period(self) -> Option<i64> {
        (!matches!(self, Self::Simplex | Self::OpenSimplex | Self::SuperSimplex)).then_some(256)
    }

    fn seeded(self, seed: u32) -> Box<dyn NoiseFn<f64, 2>> {
        match self {
            Self::Perlin => Box::new(noise::Perlin::new(seed)),
            Self::Value => Box::new(noise::Value::new(seed)),
            Self::PerlinSurflet => Box::new(noise::PerlinSurflet::new(seed)),
            Self::Simplex => Box::new(noise::Simplex::new(seed)),
            Self::OpenSimplex => Box::new(noise::OpenSimplex::new(seed)),
            Self::SuperSimplex => Box::new(noise::SuperSimplex::new(seed)),
            Self::Worley => Box::new(noise::Worley::new(seed)),
        }
    }
}

impl Field for LibraryNoise {
    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if !(2 * 256..=32_000 * 256).contains(&self.wavelength.units()) {
            faults.push(RecipeFault::new("must be 2 m to 32 km").under("wavelength"));
        }
    }

    fn is_exact(&self) -> bool {
        self.generator.is_exact()
    }

    fn cost_ns(&self) -> f32 {
        if self.generator == Generator::Worley { 40.0 } else { 16.0 }
    }

    fn salt(&self) -> Option<&str> {
        self.salt.as_deref()
    }

    fn range(&self, _: &[Range]) -> Range {
        Range::new(-1.0, 1.0)
    }

    fn fill(&self, points: Points<'_>, _: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let noise = self.generator.seeded((points.seed >> 32) as u32);
        let wavelength = self.wavelength.units();
        // Led back to the first period in integers: the library counts squares in `isize`, which has 32 bits in a browser.
        let place = |units: i64| {
            let units = self.generator.period().map_or(units, |period| units.rem_euclid(period * wavelength));
            units as f64 / wavelength as f64
        };
        let area = points.area;
        for (row, out) in out.chunks_exact_mut(area.width).enumerate() {
            let z = place(area.z + row as i64 * area.step);
            for (column, out) in out.iter_mut().enumerate() {
                let x = place(area.x + column as i64 * area.step);
                *out = noise.get([x, z]).clamp(-1.0, 1.0) as f32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{area::Area, lanes::Lanes};

    const ALL: [Generator; 7] = [
        Generator::Perlin,
        Generator::Value,
        Generator::PerlinSurflet,
        Generator::Simplex,
        Generator::OpenSimplex,
        Generator::SuperSimplex,
        Generator::Worley,
    ];

    fn tile(generator: Generator, x: i64, z: i64) -> Vec<f32> {
        let area = Area { x, z, step: 100, width: 30, height: 20 };
        let step = LibraryNoise { generator, wavelength: Length::from_metres(5), salt: None };
        let mut out = vec![0.0; area.points()];
        step.fill(Points { area: &area, seed: 9 << 32, lanes: Lanes::baseline() }, &[], None, &mut out);
        out
    }

    #[test]
    fn each_generator_is_what_the_library_makes() {
        for generator in ALL {
            let tile = tile(generator, 0, 0);
            let expected = generator.seeded(9).get([300.0 / 1_280.0, 200.0 / 1_280.0]);
            assert!((f64::from(tile[2 * 30 + 3]) - expected).abs() < 1e-6, "{generator:?}");
            assert!(tile.iter().any(|value| *value != tile[0]), "{generator:?} is flat");
        }
    }

    #[test]
    fn the_ends_of_the_grid_have_noise_too() {
        for generator in ALL {
            let far = tile(generator, -(1 << 47), (1 << 47) - 2_000);
            assert!(far.iter().any(|value| *value != far[0]), "{generator:?} is flat");
        }
    }
}
