//! Placing features: each chunk asks a hash for the candidates inside it, so that none has to write into a neighbour.

use grid::UNITS_PER_CELL;

use crate::{
    biomes::{Limits, Site},
    chunk::{FEATURES_MAX, Feature},
    hash,
    noise::{ENGINE, Samples},
    recipe::{FeatureRule, Recipe},
};

/// A recipe's feature rule, ready to place.
pub(crate) struct Placement {
    kind: u8,
    seed: u64,
    spacing: i64,
    /// In thousandths.
    chance: i64,
    /// The layer that the chance is multiplied with.
    density: Option<usize>,
    /// A bit for each biome where it stands.
    biomes: u64,
    limits: Limits,
    radius: i64,
    /// Smallest and largest size, in 1/64.
    scale: (i64, i64),
}

impl Placement {
    /// `layer` gives a layer's place in the order of evaluation.
    pub(crate) fn of(
        seed: u64,
        recipe: &Recipe,
        kind: usize,
        rule: &FeatureRule,
        layer: impl Fn(&str) -> usize,
    ) -> Self {
        let named = recipe.biomes.iter().enumerate().filter(|(_, biome)| rule.biomes.contains(&biome.id));
        let sixty_fourths = |permille: i64| (permille * 64 / 1_000).clamp(1, 255);
        Self {
            kind: kind as u8,
            seed: hash::named_seed(seed, ENGINE, "feature", &rule.id),
            spacing: rule.spacing.units(),
            chance: rule.chance.permille(),
            density: rule.density.as_deref().map(layer),
            biomes: if rule.biomes.is_empty() { u64::MAX } else { named.map(|(index, _)| 1 << index).sum() },
            limits: Limits::of(&rule.within),
            radius: rule.radius.units(),
            scale: (sixty_fourths(rule.scale.0.permille()), sixty_fourths(rule.scale.1.permille())),
        }
    }

    pub(crate) fn density(&self) -> Option<usize> {
        self.density
    }

    /// Adds the chunk's features of this kind to `placed`. `ground` gives a square's site, biome and density (in
    /// thousandths).
    pub(crate) fn place(
        &self,
        points: Samples,
        radii: &mut Vec<i64>,
        placed: &mut Vec<Feature>,
        ground: impl Fn(usize, usize) -> (Site, u8, i64),
    ) {
        let squares = |origin: i64| {
            origin.div_euclid(self.spacing)..=(origin + UNITS_PER_CELL - 1).div_euclid(self.spacing)
        };
        for (row, column) in
            squares(points.z).flat_map(|row| squares(points.x).map(move |column| (row, column)))
        {
            let bits = hash::at(self.seed, column, row);
            let within = |bits: u64| ((bits & 0xff_ffff) as i64 * self.spacing) >> 24;
            let x = column * self.spacing + within(bits) - points.x;
            let z = row * self.spacing + within(bits >> 24) - points.z;
            if !(0..UNITS_PER_CELL).contains(&x) || !(0..UNITS_PER_CELL).contains(&z) {
                continue;
            }
            let (site, biome, density) = ground((x >> 8) as usize, (z >> 8) as usize);
            let dice = hash::mix(bits);
            let chance = self.chance * density * 65_536 / 1_000_000;
            let refused = (dice & 0xffff) as i64 >= chance
                || self.biomes >> biome & 1 == 0
                || !self.limits.hold(&site)
                || self.crowded(x, z, radii, placed)
                || placed.len() == FEATURES_MAX;
            if refused {
                continue;
            }
            let size =
                self.scale.0 + (((self.scale.1 - self.scale.0 + 1) * ((dice >> 16) & 0xffff) as i64) >> 16);
            placed.push(Feature {
                kind: self.kind,
                x: x as u16,
                z: z as u16,
                yaw: (dice >> 32) as u8,
                scale: size as u8,
            });
            radii.push(self.radius);
        }
    }

    /// Whether something of the chunk stands too near already.
    fn crowded(&self, x: i64, z: i64, radii: &[i64], placed: &[Feature]) -> bool {
        placed.iter().zip(radii).any(|(other, radius)| {
            let (dx, dz) = (i64::from(other.x) - x, i64::from(other.z) - z);
            let apart = self.radius + radius;
            dx * dx + dz * dz < apart * apart
        })
    }
}
