//! A recipe and a seed, compiled; asked for one chunk at a time.

use grid::CellCoord;

use crate::{
    area::Area,
    biomes::Palette,
    chunk::{Chunk, ENGINE, SQUARES},
    features::{Occupied, Placement},
    ground::Ground,
    hash,
    lanes::Lanes,
    plan::{Evaluation, Plan},
    recipe::{Recipe, RecipeFault, Severity},
    spawns::Spawns,
};

/// A world's terrain: a pure function from cells to chunks.
///
/// It remembers some of what neighbouring chunks have in common; that changes how long a chunk takes, and nothing else.
pub struct World {
    pub(crate) seed: u64,
    pub(crate) recipe: Recipe,
    pub(crate) lanes: Lanes,
    pub(crate) plan: Plan,
    pub(crate) ground: Ground,
    pub(crate) climate: ClimateLayers,
    pub(crate) palette: Palette,
    pub(crate) placements: Vec<Placement>,
    pub(crate) spawns: Spawns,
    /// Where the recipe's parts stand in its text; nowhere for one that came over the wire.
    #[cfg(feature = "authoring")]
    pub(crate) places: crate::recipe::Places,
}

/// The places in the plan of the layers that the recipe names for these uses.
pub(crate) struct ClimateLayers {
    pub(crate) temperature: usize,
    pub(crate) humidity: usize,
}

impl World {
    /// Checks and compiles a recipe.
    ///
    /// The recipe may come from anywhere; what is wrong with it is told by key: the first fault, warnings apart.
    pub fn new(seed: u64, recipe: Recipe) -> Result<Self, RecipeFault> {
        match recipe.faults().into_iter().find(|fault| fault.severity == Severity::Error) {
            Some(fault) => Err(fault),
            None => Ok(Self::of_checked(seed, recipe)),
        }
    }

    pub(crate) fn of_checked(seed: u64, recipe: Recipe) -> Self {
        let plan = Plan::of(&recipe, seed);
        let place = |name: &str| plan.find(name);
        let named = |name: &str| place(name).expect("a checked recipe names only layers that it has");
        let placements = recipe.features.iter().enumerate();
        let placements =
            placements.map(|(kind, rule)| Placement::of(seed, &recipe, kind, rule, place)).collect();
        let climate = ClimateLayers {
            temperature: named(&recipe.climate.temperature),
            humidity: named(&recipe.climate.humidity),
        };
        let palette = Palette::of(&recipe, hash::named_seed(seed, ENGINE, "biomes", "blend"));
        let spawns = Spawns::of(&recipe, place);
        let ground = Ground::of(&recipe, seed, place);
        Self {
            seed,
            lanes: Lanes::widest(),
            plan,
            ground,
            climate,
            palette,
            placements,
            spawns,
            #[cfg(feature = "authoring")]
            places: crate::recipe::Places::default(),
            recipe,
        }
    }

    /// The same world, made with the instructions alone that the program was built for. Slower, and the same bits: for tests
    /// and benchmarks.
    #[must_use]
    pub fn without_wide_instructions(mut self) -> Self {
        self.lanes = Lanes::baseline();
        self
    }

    /// The recipe.
    #[must_use]
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// A hash in hex of all that decides the terrain and its pictures: engine, recipe and seed, without what only people,
    /// tests and monsters read. Two worlds of one fingerprint have the same chunks, so it belongs into every key under
    /// which chunks are kept.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"realmkeep terrain");
        hasher.update(&ENGINE.to_le_bytes());
        hasher.update(&self.seed.to_le_bytes());
        let what_grows = Recipe {
            name: String::new(),
            about: String::new(),
            params: std::collections::BTreeMap::new(),
            spawns: Vec::new(),
            tests: crate::recipe::Tests::default(),
            ..self.recipe.clone()
        };
        hasher.update(&serde_json::to_vec(&what_grows).expect("a recipe has nothing that JSON can't say"));
        hasher.finalize().to_hex().to_string()
    }

    /// The terrain of a cell.
    #[must_use]
    pub fn chunk(&self, coord: CellCoord) -> Chunk {
        let area = Area::of_chunk(coord);
        let mut layers = Evaluation::new(&self.plan, self.lanes);
        let land = self.land(&mut layers, &area);
        let mut chunk = Chunk {
            coord,
            lowest_units: self.recipe.terrain.lowest.units(),
            heights: land.heights,
            sea_units: self.recipe.terrain.water_level.units(),
            water: land.water,
            biomes: land.biomes,
            materials: land.materials,
            danger: self.spawns.danger(&mut layers, &area),
            ..Chunk::blank(coord)
        };
        let (mut occupied, mut blocked) = (self.ground.occupied(&chunk, &land.road), Occupied::nothing());
        self.ground.build(self, &mut chunk, &land.road, (&mut occupied, &mut blocked));
        for placement in &self.placements {
            let density = placement.density.map(|layer| layers.values(&area, layer));
            let density = density.as_ref().map(|density| density.as_slice());
            placement.place(&mut chunk, &land.sites, density, &mut occupied, &mut blocked);
        }
        let rows = land.walkable.chunks_exact(SQUARES).zip(blocked.rows());
        for (row, (walkable, blocked)) in chunk.walkable.iter_mut().zip(rows) {
            let (eights, _) = walkable.as_chunks::<8>();
            let bits = eights.iter().map(|eight| {
                // Eight flags become eight bits: each is shifted to its place in the highest byte.
                (u64::from_le_bytes(eight.map(u8::from)).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8
            });
            let bits = bits.enumerate().fold(0, |row, (place, bits)| row | u64::from(bits) << (8 * place));
            *row = bits & !blocked;
        }
        chunk
    }
}
