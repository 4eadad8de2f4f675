//! Placing features: each chunk takes the places inside of it, so that none has to write into a neighbour.

use grid::UNITS_PER_CELL;

use crate::{
    biomes::{Limits, Site, Sites},
    chunk::{Chunk, ENGINE, FEATURES_MAX, Feature, SQUARES},
    hash,
    recipe::{Cluster, FeatureRule, Recipe},
    strewn::{Spot, Strewn},
};

/// A recipe's feature rule, ready to place.
pub(crate) struct Placement {
    kind: u8,
    pub(crate) strewn: Strewn,
    /// In thousandths.
    chance: i64,
    /// The layer that the chance is multiplied with.
    pub(crate) density: Option<usize>,
    /// A bit for each biome where it stands.
    biomes: u64,
    limits: Limits,
    radius: i64,
    /// Smallest and largest size, in 1/64.
    scale: (i64, i64),
    cluster: Option<Cluster>,
    blocks: bool,
}

/// The squares that are taken: a row each, bit `n` is the square `n` metres east.
#[derive(Clone, Copy)]
pub(crate) struct Occupied([u64; SQUARES]);

impl Occupied {
    pub(crate) const fn nothing() -> Self {
        Self([0; SQUARES])
    }

    fn is_taken(&self, x: i64, z: i64) -> bool {
        self.0[(z >> 8) as usize] >> (x >> 8) & 1 == 1
    }

    /// Takes the squares whose middle lies within `radius` of a place that may be outside of the chunk, all in 1/256 m.
    pub(crate) fn take(&mut self, x: i64, z: i64, radius: i64) {
        for (row, bits) in self.0.iter_mut().enumerate() {
            let dz = row as i64 * 256 + 128 - z;
            let rest = radius * radius - dz * dz;
            if rest < 0 {
                continue;
            }
            let half = rest.isqrt();
            let (first, last) = ((x - half + 127).div_euclid(256), (x + half - 128).div_euclid(256));
            let (first, last) = (first.max(0), last.min(SQUARES as i64 - 1));
            if first <= last {
                *bits |= u64::MAX >> (63 - (last - first)) << first;
            }
        }
    }

    /// Takes the squares that `is_taken` tells, by row and column.
    pub(crate) fn mark(&mut self, is_taken: impl Fn(usize, usize) -> bool) {
        for (row, bits) in self.0.iter_mut().enumerate() {
            *bits |= (0..SQUARES).fold(0, |bits, column| bits | u64::from(is_taken(row, column)) << column);
        }
    }

    pub(crate) fn rows(&self) -> &[u64; SQUARES] {
        &self.0
    }
}

impl Placement {
    pub(crate) fn of(
        seed: u64,
        recipe: &Recipe,
        kind: usize,
        rule: &FeatureRule,
        layer: impl Fn(&str) -> Option<usize>,
    ) -> Self {
        let sixty_fourths = |permille: i64| (permille * 64 / 1_000).clamp(1, 255);
        let seed = hash::named_seed(seed, ENGINE, "feature", rule.salt.as_deref().unwrap_or(&rule.id));
        Self {
            kind: kind as u8,
            strewn: Strewn::new(seed, rule.spacing.units()),
            chance: rule.chance.permille(),
            density: rule.density.as_deref().and_then(layer),
            biomes: biome_bits(recipe, &rule.biomes),
            limits: Limits::of(&rule.within),
            radius: rule.radius.units(),
            scale: (sixty_fourths(rule.scale.0.permille()), sixty_fourths(rule.scale.1.permille())),
            cluster: rule.cluster,
            blocks: rule.blocks,
        }
    }

    /// Adds the chunk's features of this kind. `density` has a value, 0 to 1, for each of 65×65 points.
    pub(crate) fn place(
        &self,
        chunk: &mut Chunk,
        sites: &Sites,
        density: Option<&[f32]>,
        occupied: &mut Occupied,
        blocked: &mut Occupied,
    ) {
        let (origin, first) = (chunk.coord.origin(), chunk.features.len());
        let reach = self.cluster.map_or(0, |cluster| cluster.reach.units());
        let corner = (origin.x - reach, origin.z - reach);
        self.strewn.within(corner, UNITS_PER_CELL + 2 * reach, |spot| {
            let spot = Spot { x: spot.x - origin.x, z: spot.z - origin.z, ..spot };
            match self.cluster {
                None => self.stand(chunk, sites, density, occupied, spot),
                Some(cluster) => {
                    for place in members(cluster, spot) {
                        self.stand(chunk, sites, density, occupied, place);
                    }
                }
            }
        });
        for feature in &chunk.features[first..] {
            occupied.take(i64::from(feature.x), i64::from(feature.z), self.radius);
            if self.blocks {
                let size = self.radius * i64::from(feature.scale) / 64;
                blocked.take(i64::from(feature.x), i64::from(feature.z), size);
            }
        }
    }

    /// Puts a feature at a place of the chunk, if all conditions hold there.
    fn stand(
        &self,
        chunk: &mut Chunk,
        sites: &Sites,
        density: Option<&[f32]>,
        occupied: &Occupied,
        Spot { x, z, dice }: Spot,
    ) {
        if !(0..UNITS_PER_CELL).contains(&x) || !(0..UNITS_PER_CELL).contains(&z) {
            return;
        }
        let (column, row) = ((x >> 8) as usize, (z >> 8) as usize);
        let square = row * SQUARES + column;
        let density = density.map_or(1_000, |density| {
            i64::from(crate::biomes::permille(density[row * (SQUARES + 1) + column]))
        });
        let refused = (dice & 0xffff) as i64 * 1_000_000 >= self.chance * density * 65_536
            || self.biomes >> chunk.biomes[square] & 1 == 0
            || !self.limits.hold(&sites.site(square))
            || occupied.is_taken(x, z)
            || chunk.features.len() == FEATURES_MAX;
        if refused {
            return;
        }
        let size =
            self.scale.0 + (((self.scale.1 - self.scale.0 + 1) * ((dice >> 16) & 0xffff) as i64) >> 16);
        chunk.features.push(Feature {
            kind: self.kind,
            x: x as u16,
            z: z as u16,
            yaw: (dice >> 32) as u8,
            scale: size as u8,
        });
    }

    /// Why a place of this kind stays bare at a site, or `None` where only the dice decide.
    pub(crate) fn refusal(&self, biome: u8, site: &Site) -> Option<Refusal> {
        if self.biomes >> biome & 1 == 0 {
            return Some(Refusal::Biome);
        }
        (!self.limits.hold(site)).then_some(Refusal::Ground)
    }
}

/// Why a feature can't stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Biome,
    Ground,
}

/// A bit for each biome that is named; all if none is.
pub(crate) fn biome_bits(recipe: &Recipe, named: &[String]) -> u64 {
    let places = recipe.biomes.iter().enumerate().filter(|(_, biome)| named.contains(&biome.id));
    if named.is_empty() { u64::MAX } else { places.map(|(index, _)| 1 << index).sum() }
}

/// The places around a spot where a cluster's members lie; the dice of the spot decide how many.
fn members(cluster: Cluster, spot: Spot) -> impl Iterator<Item = Spot> {
    let reach = cluster.reach.units();
    let count = 1 + (spot.dice >> 48) % u64::from(cluster.count);
    (0..count).map(move |index| {
        let bits = hash::at(spot.dice, index as i64, 0);
        let away = |bits: u64| (((bits & 0xffff) as i64 * 2 - 65_535) * reach) >> 16;
        // Each has dice of its own, but for the part that says whether there is a vein at all.
        let dice = (hash::mix(bits) & !0xffff) | (spot.dice & 0xffff);
        Spot { x: spot.x + away(bits), z: spot.z + away(bits >> 16), dice }
    })
}
