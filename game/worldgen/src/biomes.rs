//! What lies where: the biome, the material and the walkability of each square, on integers alone.

use grid::UNITS_PER_METRE;

use crate::{
    area::Area,
    hash,
    lanes::{Kernel, Lanes, nearest},
    recipe::{Climate, Recipe, Span},
};

/// Steepest rise that is told apart, doubled, in 1/256 m over a metre: its square fits 31 bits.
const RISE_MAX: i32 = 30_000;
/// What a biome is put back by where it may not lie: more than any distance.
pub(crate) const OUTSIDE: i32 = 1 << 29;

/// What decisions look at, for each of some squares. All rounded: no float decides.
#[derive(Default)]
pub(crate) struct Sites {
    /// In thousandths.
    pub(crate) temperature: Vec<i32>,
    /// In thousandths.
    pub(crate) humidity: Vec<i32>,
    /// In 1/256 m.
    pub(crate) height: Vec<i32>,
    /// The slope, as (doubled rise over a metre in 1/256 m)².
    pub(crate) slope_squared: Vec<i32>,
}

/// One square of [`Sites`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    pub(crate) temperature: i32,
    pub(crate) humidity: i32,
    pub(crate) height: i32,
    pub(crate) slope_squared: i32,
}

impl Sites {
    /// The squares between the points of an area. `heights` are in steps of 1/64 m above `lowest` (in 1/256 m); the climate
    /// has a value for each point.
    pub(crate) fn of(
        lanes: Lanes,
        area: &Area,
        lowest: i32,
        heights: &[u16],
        (temperature, humidity): (&[f32], &[f32]),
    ) -> Self {
        let (width, run) = (area.width, area.step as i32);
        let squares = width - 1;
        let room = || vec![0; squares * (area.height - 1)];
        let mut sites = Self { temperature: room(), humidity: room(), height: room(), slope_squared: room() };
        for row in 0..area.height - 1 {
            let (points, row) = (row * width, row * squares..(row + 1) * squares);
            lanes.run(Survey {
                run,
                lowest,
                north: &heights[points..points + width],
                south: &heights[points + width..points + 2 * width],
                temperature: (&temperature[points..], &mut sites.temperature[row.clone()]),
                humidity: (&humidity[points..], &mut sites.humidity[row.clone()]),
                height: &mut sites.height[row.clone()],
                slope_squared: &mut sites.slope_squared[row],
            });
        }
        sites
    }

    pub(crate) fn count(&self) -> usize {
        self.height.len()
    }

    pub(crate) fn site(&self, square: usize) -> Site {
        Site {
            temperature: self.temperature[square],
            humidity: self.humidity[square],
            height: self.height[square],
            slope_squared: self.slope_squared[square],
        }
    }
}

/// What decisions look at, of one row of squares.
struct Survey<'a> {
    run: i32,
    lowest: i32,
    north: &'a [u16],
    south: &'a [u16],
    temperature: (&'a [f32], &'a mut [i32]),
    humidity: (&'a [f32], &'a mut [i32]),
    height: &'a mut [i32],
    slope_squared: &'a mut [i32],
}

impl Kernel for Survey<'_> {
    #[inline(always)]
    fn run(self) {
        for (values, out) in [self.temperature, self.humidity] {
            out.iter_mut().zip(values).for_each(|(out, value)| *out = permille(*value));
        }
        let count = self.height.len();
        let (north, south) = (&self.north[..count + 1], &self.south[..count + 1]);
        let slope_squared = &mut self.slope_squared[..count];
        for i in 0..count {
            let [nw, ne, sw, se] =
                [north[i], north[i + 1], south[i], south[i + 1]].map(|height| i32::from(height) * 4);
            self.height[i] = self.lowest + ((nw + ne + sw + se) >> 2);
            slope_squared[i] = rise(ne + se - nw - sw, self.run) + rise(sw + se - nw - ne, self.run);
        }
    }
}

/// A doubled rise over `run` (both in 1/256 m) as one over a metre, squared.
#[inline(always)]
fn rise(doubled: i32, run: i32) -> i32 {
    let over_metre = if run == 256 { doubled } else { (i64::from(doubled) * 256 / i64::from(run)) as i32 };
    let over_metre = over_metre.clamp(-RISE_MAX, RISE_MAX);
    over_metre * over_metre
}

/// A field's value, 0 to 1, in thousandths.
#[inline(always)]
pub(crate) fn permille(value: f32) -> i32 {
    // Not by `clamp`, which lets through what is no number: a wild recipe may come to that, and it counts as nothing.
    let value = if value > 0.0 { value } else { 0.0 };
    nearest(if value < 1.0 { value } else { 1.0 } * 1_000.0)
}

/// A slope given in thousandths of rise over run, in the measure of [`Site::slope_squared`].
pub(crate) fn slope_squared(permille: i64) -> i32 {
    let steepest = i64::from(RISE_MAX);
    let doubled = (permille.clamp(0, 1_000 * steepest) * 2 * UNITS_PER_METRE / 1_000).min(steepest) as i32;
    doubled * doubled
}

/// A span in the numbers of [`Site`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) temperature: (i32, i32),
    pub(crate) humidity: (i32, i32),
    pub(crate) height: (i32, i32),
    pub(crate) slope_squared: (i32, i32),
}

impl Limits {
    pub(crate) fn of(span: &Span) -> Self {
        let shares = |span: Option<(crate::Share, crate::Share)>| {
            span.map_or((i32::MIN, i32::MAX), |(low, high)| (low.permille() as i32, high.permille() as i32))
        };
        let height = |units: i64| units.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        Self {
            temperature: shares(span.temperature),
            humidity: shares(span.humidity),
            height: span
                .height
                .map_or((i32::MIN, i32::MAX), |(low, high)| (height(low.units()), height(high.units()))),
            slope_squared: span.slope.map_or((0, i32::MAX), |(low, high)| {
                (slope_squared(low.permille()), slope_squared(high.permille()))
            }),
        }
    }

    #[inline(always)]
    pub(crate) fn hold(&self, site: &Site) -> bool {
        let within = |(low, high): (i32, i32), value: i32| (low <= value) & (value <= high);
        within(self.temperature, site.temperature)
            & within(self.humidity, site.humidity)
            & within(self.height, site.height)
            & within(self.slope_squared, site.slope_squared)
    }
}

pub(crate) struct Target {
    pub(crate) temperature: i32,
    pub(crate) humidity: i32,
    /// In thousandths of the climate's `height_scale`.
    pub(crate) height: i32,
    pub(crate) limits: Limits,
    pub(crate) walkable: bool,
    /// Materials and where they lie, the first that applies.
    pub(crate) surface: Vec<(u8, Limits)>,
    /// The material, if it is the same wherever the biome lies.
    pub(crate) only: Option<u8>,
}

/// The recipe's biomes, ready to choose from.
pub(crate) struct Palette {
    pub(crate) targets: Vec<Target>,
    pub(crate) per_height: f32,
    /// How far a square's climate is taken off, in thousandths, so that biomes mingle.
    pub(crate) blend: i32,
    pub(crate) seed: u64,
}

impl Palette {
    pub(crate) fn of(recipe: &Recipe, seed: u64) -> Self {
        let Climate { height_scale, blend, .. } = recipe.climate;
        let per_height = 1_000.0 / height_scale.units() as f32;
        let material =
            |id: &str| recipe.materials.iter().position(|material| material.id == id).unwrap_or(0) as u8;
        let targets = recipe.biomes.iter().map(|biome| {
            let surfaces = biome.surface.iter();
            let surface: Vec<(u8, Limits)> =
                surfaces.map(|surface| (material(&surface.material), Limits::of(&surface.within))).collect();
            Target {
                temperature: biome.at.temperature.permille() as i32,
                humidity: biome.at.humidity.permille() as i32,
                height: scaled(biome.at.height.units() as i32, per_height),
                limits: Limits::of(&biome.within),
                walkable: biome.walkable,
                only: match biome.surface.first() {
                    None => Some(0),
                    Some(first) => (first.within == Span::default()).then(|| surface[0].0),
                },
                surface,
            }
        });
        Self { targets: targets.collect(), per_height, blend: blend.permille() as i32, seed }
    }

    /// How far each square's climate is taken off; nothing if biomes don't mingle.
    pub(crate) fn off(&self, area: &Area) -> Vec<i32> {
        let mut off = Vec::new();
        if self.blend > 0 {
            off.reserve((area.width - 1) * (area.height - 1));
            let metre = |start: i64, i: usize| (start + i as i64 * area.step).div_euclid(UNITS_PER_METRE);
            let columns: Vec<u32> =
                (0..area.width - 1).map(|i| hash::half(self.seed, metre(area.x, i))).collect();
            for row in 0..area.height - 1 {
                let row = hash::half(!self.seed, metre(area.z, row));
                off.extend(columns.iter().map(|column| {
                    let dice = (hash::corner(*column, row) >> 16) as i32;
                    ((dice * 2 - 65_535) * self.blend) >> 16
                }));
            }
        }
        off
    }

    /// How far a site is from a biome's target, and whether the biome may lie there.
    pub(crate) fn distance(&self, biome: usize, site: &Site) -> (i32, bool) {
        let target = &self.targets[biome];
        let temperature = target.temperature - site.temperature;
        let humidity = target.humidity - site.humidity;
        let height = target.height - scaled(site.height, self.per_height);
        (temperature * temperature + humidity * humidity + height * height, target.limits.hold(site))
    }

    /// The material of a square.
    #[inline]
    pub(crate) fn material(&self, biome: u8, sites: &Sites, square: usize) -> u8 {
        let Target { only, surface, .. } = &self.targets[usize::from(biome)];
        only.unwrap_or_else(|| {
            let site = sites.site(square);
            surface.iter().find(|(_, limits)| limits.hold(&site)).map_or(0, |(material, _)| *material)
        })
    }

    /// Whether one can walk in every biome.
    pub(crate) fn is_all_walkable(&self) -> bool {
        self.targets.iter().all(|target| target.walkable)
    }

    pub(crate) fn is_walkable(&self, biome: u8) -> bool {
        self.targets[usize::from(biome)].walkable
    }
}

/// The biome at one place: for what looks at no chunk.
pub(crate) fn nearest_biome(palette: &Palette, site: &Site) -> u8 {
    let ranked = (0..palette.targets.len()).map(|index| (palette.distance(index, site), index as u8));
    ranked
        .min_by_key(|((distance, allowed), index)| (!allowed, *distance, *index))
        .map_or(0, |(_, index)| index)
}

/// A height in thousandths of the climate's scale, within what squares to 31 bits.
#[inline(always)]
pub(crate) fn scaled(units: i32, per_height: f32) -> i32 {
    let scaled = units as f32 * per_height;
    let scaled = if scaled < 8_000.0 { scaled } else { 8_000.0 };
    nearest(if scaled > -8_000.0 { scaled } else { -8_000.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_counts_as_nothing_in_a_climate() {
        let values = [f32::NAN, f32::NEG_INFINITY, -1.0, 0.25, 9.0, f32::INFINITY];
        assert_eq!(values.map(permille), [0, 0, 0, 250, 1_000, 1_000]);
    }
}
