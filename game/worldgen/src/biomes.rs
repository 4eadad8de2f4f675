//! Choosing the biome of a square, on integers alone.

use grid::UNITS_PER_METRE;

use crate::recipe::{Climate, Recipe, Span};

/// What the choice of a biome and of features looks at. All rounded: no float decides.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    /// In thousandths.
    pub(crate) temperature: i64,
    /// In thousandths.
    pub(crate) humidity: i64,
    /// In 1/256 m.
    pub(crate) height: i64,
    /// The slope, as (doubled rise over a metre in 1/256 m)².
    pub(crate) slope_squared: i64,
}

/// A span in the numbers of [`Site`].
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    height: (i64, i64),
    slope_squared: (i64, i64),
}

impl Limits {
    pub(crate) fn of(span: &Span) -> Self {
        let height = span.height.map_or((i64::MIN, i64::MAX), |(low, high)| (low.units(), high.units()));
        let slope = span.slope.map_or((0, i64::MAX), |(low, high)| {
            (slope_squared(low.permille()), slope_squared(high.permille()))
        });
        Self { height, slope_squared: slope }
    }

    pub(crate) fn hold(&self, site: &Site) -> bool {
        (self.height.0..=self.height.1).contains(&site.height)
            && (self.slope_squared.0..=self.slope_squared.1).contains(&site.slope_squared)
    }
}

/// A slope given in thousandths of rise over run, in the measure of [`Site::slope_squared`].
pub(crate) const fn slope_squared(permille: i64) -> i64 {
    let doubled = permille * 2 * UNITS_PER_METRE / 1_000;
    doubled * doubled
}

struct Target {
    temperature: i64,
    humidity: i64,
    height: i64,
    limits: Limits,
}

/// The recipe's biomes, ready to choose from.
pub(crate) struct Palette {
    targets: Vec<Target>,
    height_scale: i64,
}

impl Palette {
    pub(crate) fn of(recipe: &Recipe) -> Self {
        let Climate { height_scale, .. } = recipe.climate;
        let targets = recipe.biomes.iter().map(|biome| Target {
            temperature: biome.at.temperature.permille(),
            humidity: biome.at.humidity.permille(),
            height: biome.at.height.units(),
            limits: Limits::of(&biome.within),
        });
        Self { targets: targets.collect(), height_scale: height_scale.units() }
    }

    /// The nearest biome that may lie at the site, or the nearest of all if none may. Of equals the first.
    pub(crate) fn choose(&self, site: &Site) -> u8 {
        let nearest = |free: bool| {
            let allowed =
                self.targets.iter().enumerate().filter(|(_, target)| free || target.limits.hold(site));
            allowed.min_by_key(|(_, target)| self.distance(target, site)).map(|(index, _)| index as u8)
        };
        nearest(false).or_else(|| nearest(true)).unwrap_or(0)
    }

    fn distance(&self, target: &Target, site: &Site) -> i64 {
        let temperature = target.temperature - site.temperature;
        let humidity = target.humidity - site.humidity;
        let height = (target.height - site.height) * 1_000 / self.height_scale;
        temperature * temperature + humidity * humidity + height * height
    }
}
