//! Why the land is what it is somewhere: every layer's value, and what kept the other biomes away.

use grid::{Position, UNITS_PER_METRE};
use serde::{Deserialize, Serialize};

use crate::{
    World,
    area::Area,
    biomes::{Limits, Site},
    features::Refusal,
    plan::Evaluation,
};

/// Why the land is what it is at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Height of the ground, in metres.
    pub height_m: f32,
    /// Depth of the water, in metres; 0 on dry land.
    pub water_m: f32,
    /// Rise over run.
    pub slope: f32,
    /// 0 (coldest) to 1.
    pub temperature: f32,
    /// 0 (driest) to 1.
    pub humidity: f32,
    /// Id of the biome.
    pub biome: String,
    /// Id of the material; none if the recipe has no materials.
    pub material: Option<String>,
    /// Whether one can walk there, as far as ground and water decide.
    pub walkable: bool,
    /// Why the other biomes are not there, the nearest in climate first.
    pub biomes: Vec<Reason>,
    /// Why features can't stand there; those that can are not listed.
    pub features: Vec<Reason>,
    /// Every layer's value, by name.
    pub layers: Vec<(String, f32)>,
}

/// Why something is not somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Id of the biome or feature.
    pub id: String,
    /// In words, such as `no forest: humidity 0.31 < 0.40, line 42`.
    pub why: String,
    /// The line of the recipe's text that decided, where there is a text.
    pub line: Option<u64>,
}

impl World {
    /// Why the land is what it is at a place; the height of `at` does not matter.
    #[must_use]
    pub fn explain(&self, at: Position) -> Explanation {
        let metre = |units: i64| units.div_euclid(UNITS_PER_METRE) * UNITS_PER_METRE;
        let square = Area { x: metre(at.x), z: metre(at.z), step: UNITS_PER_METRE, width: 2, height: 2 };
        let mut layers = Evaluation::new(&self.plan, self.lanes);
        let land = self.land(&mut layers, &square);
        let (site, biome) = (land.sites.site(0), land.biomes[0]);
        let sea = self.recipe.terrain.water_level.units();
        let inland = land.water.first().filter(|water| **water > 0);
        let surface = inland.map_or(sea, |water| self.recipe.terrain.lowest.units() + i64::from(*water) * 4);
        let point = self.recipe.terrain.lowest.units() + i64::from(land.heights[0]) * 4;
        let material = self.recipe.materials.get(usize::from(land.materials[0]));
        Explanation {
            height_m: site.height as f32 / UNITS_PER_METRE as f32,
            water_m: (surface.max(sea) - point).max(0) as f32 / UNITS_PER_METRE as f32,
            slope: (site.slope_squared as f32).sqrt() / (2 * UNITS_PER_METRE) as f32,
            temperature: site.temperature as f32 / 1_000.0,
            humidity: site.humidity as f32 / 1_000.0,
            biome: self.recipe.biomes[usize::from(biome)].id.clone(),
            material: material.map(|material| material.id.clone()),
            walkable: land.walkable[0],
            biomes: self.other_biomes(biome, &site),
            features: self.refused_features(biome, &site),
            layers: self
                .recipe
                .layers
                .keys()
                .filter_map(|name| {
                    let layer = self.plan.find(name)?;
                    Some((name.clone(), layers.values(&square, layer)[0]))
                })
                .collect(),
        }
    }

    fn other_biomes(&self, chosen: u8, site: &Site) -> Vec<Reason> {
        let mut others: Vec<(i32, usize)> = (0..self.recipe.biomes.len())
            .filter(|index| *index != usize::from(chosen))
            .map(|index| (self.palette.distance(index, site).0, index))
            .collect();
        others.sort_unstable();
        let reason = |(distance, index): (i32, usize)| {
            let id = &self.recipe.biomes[index].id;
            let limits = &self.palette.targets[index].limits;
            match broken(limits, site) {
                Some((key, what)) => self.reason(id, &what, &format!("biomes.{index}.within.{key}")),
                None => {
                    let here = (distance as f32).sqrt() / 1_000.0;
                    let there = (self.palette.distance(usize::from(chosen), site).0 as f32).sqrt() / 1_000.0;
                    let chosen = &self.recipe.biomes[usize::from(chosen)].id;
                    let what = format!("{here:.2} away in climate, {chosen} {there:.2}");
                    self.reason(id, &what, &format!("biomes.{index}.at"))
                }
            }
        };
        others.into_iter().map(reason).collect()
    }

    fn refused_features(&self, biome: u8, site: &Site) -> Vec<Reason> {
        let rules = self.recipe.features.iter().zip(&self.placements).enumerate();
        rules
            .filter_map(|(index, (rule, placement))| {
                let (key, what) = match placement.refusal(biome, site)? {
                    Refusal::Biome => {
                        ("biomes".to_owned(), format!("not in {}", self.recipe.biomes[usize::from(biome)].id))
                    }
                    Refusal::Ground => {
                        let (key, what) = broken(&Limits::of(&rule.within), site)?;
                        (format!("within.{key}"), what)
                    }
                };
                Some(self.reason(&rule.id, &what, &format!("features.{index}.{key}")))
            })
            .collect()
    }

    fn reason(&self, id: &str, what: &str, key: &str) -> Reason {
        let line = self.line(key);
        let place = line.map(|line| format!(", line {line}")).unwrap_or_default();
        Reason { id: id.to_owned(), why: format!("no {id}: {what}{place}"), line }
    }

    /// The line of the recipe's text with a key, or with the nearest key around it.
    pub(crate) fn line(&self, key: &str) -> Option<u64> {
        #[cfg(feature = "authoring")]
        {
            let ends = key.match_indices('.').map(|(end, _)| end).chain([key.len()]);
            let ends: Vec<usize> = ends.collect();
            ends.into_iter().rev().find_map(|end| self.places.find(&key[..end])).map(|(line, _)| line)
        }
        #[cfg(not(feature = "authoring"))]
        {
            let _ = key;
            None
        }
    }
}

/// The first limit that a site breaks: its key, and how.
fn broken(limits: &Limits, site: &Site) -> Option<(&'static str, String)> {
    let share = |value: i32| value as f32 / 1_000.0;
    let metres = |value: i32| value as f32 / UNITS_PER_METRE as f32;
    let slope = |value: i32| (value as f32).sqrt() / (2 * UNITS_PER_METRE) as f32;
    let tell =
        |key: &'static str, value: i32, (low, high): (i32, i32), shown: &dyn Fn(i32) -> f32, unit: &str| {
            let told = |sign: &str, limit: i32| {
                (key, format!("{key} {:.2}{unit} {sign} {:.2}{unit}", shown(value), shown(limit)))
            };
            (value < low).then(|| told("<", low)).or_else(|| (value > high).then(|| told(">", high)))
        };
    tell("temperature", site.temperature, limits.temperature, &share, "")
        .or_else(|| tell("humidity", site.humidity, limits.humidity, &share, ""))
        .or_else(|| tell("height", site.height, limits.height, &metres, " m"))
        .or_else(|| tell("slope", site.slope_squared, limits.slope_squared, &slope, ""))
}
