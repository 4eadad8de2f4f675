//! Which monsters live where: danger, and the table that it opens.

use grid::{CellCoord, RegionCoord};

use crate::{
    World,
    area::Area,
    features::biome_bits,
    plan::Evaluation,
    recipe::{Recipe, Spawn},
};

/// A recipe's monsters, ready to look up.
pub(crate) struct Spawns {
    danger: Option<usize>,
    /// For each of the recipe's spawns, a bit for each biome.
    biomes: Vec<u64>,
}

/// A place where people live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Its middle, eastward, in 1/256 m.
    pub x: i64,
    /// Its middle, southward, in 1/256 m.
    pub z: i64,
    /// Radius of its levelled ground, in 1/256 m.
    pub radius: i64,
}

impl Spawns {
    pub(crate) fn of(recipe: &Recipe, layer: impl Fn(&str) -> Option<usize>) -> Self {
        Self {
            danger: recipe.danger.as_deref().and_then(layer),
            biomes: recipe.spawns.iter().map(|spawn| biome_bits(recipe, &spawn.biomes)).collect(),
        }
    }

    /// The danger in the middle of an area, 0 to 100.
    pub(crate) fn danger(&self, layers: &mut Evaluation<'_>, area: &Area) -> u8 {
        let Some(layer) = self.danger else { return 0 };
        let middle = area.height / 2 * area.width + area.width / 2;
        (layers.values(area, layer)[middle].clamp(0.0, 1.0) * 100.0) as u8
    }
}

impl World {
    /// How dangerous a cell is, 0 to 100. A chunk carries the same number.
    #[must_use]
    pub fn danger(&self, cell: CellCoord) -> u8 {
        let chunk = Area::of_chunk(cell);
        let half = chunk.step * (chunk.width as i64 / 2);
        let middle = Area { x: chunk.x + half, z: chunk.z + half, width: 1, height: 1, ..chunk };
        self.spawns.danger(&mut Evaluation::new(&self.plan, self.lanes), &middle)
    }

    /// Where people live in a region or beside it. It looks at the ground of each place that might be one, so it takes some milliseconds.
    #[must_use]
    pub fn settled(&self, region: RegionCoord) -> Vec<Settled> {
        self.ground.settlements().of_region(self, region)
    }

    /// All of the recipe's monsters, each with a bit for each biome where it lives.
    pub fn spawns(&self) -> impl Iterator<Item = (&Spawn, u64)> {
        self.recipe.spawns.iter().zip(self.spawns.biomes.iter().copied())
    }

    /// The monsters that may live in a biome (its place in the recipe's list) at a danger, 0 to 100. Choose among them by
    /// their weights.
    pub fn spawn_table(&self, biome: u8, danger: u8) -> impl Iterator<Item = &Spawn> {
        let permille = i64::from(danger) * 10;
        let rules = self.recipe.spawns.iter().zip(&self.spawns.biomes);
        rules
            .filter(move |(spawn, biomes)| {
                let (least, most) = spawn.danger;
                biome < 64
                    && *biomes >> biome & 1 == 1
                    && (least.permille()..=most.permille()).contains(&permille)
            })
            .map(|(spawn, _)| spawn)
    }
}
