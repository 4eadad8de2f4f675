//! A recipe and a seed, compiled; asked for one chunk at a time.

use std::collections::BTreeMap;

use grid::CellCoord;

use crate::{
    biomes::{Palette, Site, slope_squared},
    chunk::{Chunk, HEIGHT_STEP_UNITS, SQUARES, VERTICES},
    features::Placement,
    hash,
    noise::{ENGINE, SAMPLES, Samples},
    recipe::{Recipe, RecipeFault},
};

/// A world's terrain: a pure function from cells to chunks.
pub struct World {
    seed: u64,
    recipe: Recipe,
    /// In the order of evaluation: each after those that it reads.
    layers: Vec<Layer>,
    height: usize,
    temperature: usize,
    humidity: usize,
    palette: Palette,
    placements: Vec<Placement>,
}

struct Layer {
    name: String,
    seed: u64,
    inputs: Vec<usize>,
}

impl World {
    /// Checks and compiles a recipe.
    ///
    /// The recipe may come from anywhere; what is wrong with it is told by key.
    pub fn new(seed: u64, recipe: Recipe) -> Result<Self, RecipeFault> {
        recipe.check()?;
        let mut order = Order { recipe: &recipe, seed, layers: Vec::new(), places: BTreeMap::new() };
        let height = order.place(&recipe.terrain.height);
        let temperature = order.place(&recipe.climate.temperature);
        let humidity = order.place(&recipe.climate.humidity);
        for density in recipe.features.iter().filter_map(|rule| rule.density.as_deref()) {
            order.place(density);
        }
        let Order { layers, places, .. } = order;
        let placements = recipe.features.iter().enumerate();
        let placements = placements
            .map(|(kind, rule)| Placement::of(seed, &recipe, kind, rule, |layer| places[layer]))
            .collect();
        let palette = Palette::of(&recipe);
        Ok(Self { seed, layers, height, temperature, humidity, palette, placements, recipe })
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

    /// A hash in hex of all that decides the terrain: engine, recipe and seed. Two worlds of one fingerprint have the
    /// same chunks, so it belongs into every key under which chunks are kept.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"realmkeep terrain");
        hasher.update(&ENGINE.to_le_bytes());
        hasher.update(&self.seed.to_le_bytes());
        hasher.update(&serde_json::to_vec(&self.recipe).expect("a recipe has nothing that JSON can't say"));
        hasher.finalize().to_hex().to_string()
    }

    /// The terrain of a cell.
    #[must_use]
    pub fn chunk(&self, coord: CellCoord) -> Chunk {
        let points = Samples::of(coord);
        let fields = self.evaluate(points);
        let lowest = self.recipe.terrain.lowest;
        let heights =
            fields[self.height].iter().map(|metres| stored_height(*metres, lowest.metres())).collect();
        let mut chunk = Chunk {
            coord,
            lowest_units: lowest.units(),
            heights,
            biomes: vec![0; SQUARES * SQUARES],
            walkable: [0; SQUARES],
            features: Vec::new(),
        };
        let mut sites = Vec::with_capacity(SQUARES * SQUARES);
        for (iz, ix) in (0..SQUARES).flat_map(|iz| (0..SQUARES).map(move |ix| (iz, ix))) {
            let site = self.site(&chunk, &fields, ix, iz);
            let biome = self.palette.choose(&site);
            chunk.biomes[iz * SQUARES + ix] = biome;
            chunk.walkable[iz] |= u64::from(self.is_walkable(&site, biome)) << ix;
            sites.push(site);
        }
        let (mut features, mut radii) = (Vec::new(), Vec::new());
        for placement in &self.placements {
            placement.place(points, &mut radii, &mut features, |ix, iz| {
                let square = iz * SQUARES + ix;
                let density =
                    placement.density().map_or(1_000, |layer| permille(fields[layer][iz * VERTICES + ix]));
                (sites[square], chunk.biomes[square], density)
            });
        }
        chunk.features = features;
        chunk
    }

    fn evaluate(&self, points: Samples) -> Vec<Vec<f32>> {
        let mut fields: Vec<Vec<f32>> = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let mut out = vec![0.0; SAMPLES];
            let inputs: Vec<&[f32]> = layer.inputs.iter().map(|input| fields[*input].as_slice()).collect();
            self.recipe.layers[&layer.name].field().fill(points, layer.seed, &inputs, &mut out);
            fields.push(out);
        }
        fields
    }

    fn site(&self, chunk: &Chunk, fields: &[Vec<f32>], ix: usize, iz: usize) -> Site {
        let corner = iz * VERTICES + ix;
        let corners = [(0, 0), (1, 0), (0, 1), (1, 1)];
        let sum: i64 = corners.iter().map(|(dx, dz)| chunk.height_units(ix + dx, iz + dz)).sum();
        let (east, south) = chunk.doubled_slope(ix, iz);
        Site {
            temperature: permille(fields[self.temperature][corner]),
            humidity: permille(fields[self.humidity][corner]),
            height: sum.div_euclid(4),
            slope_squared: east * east + south * south,
        }
    }

    fn is_walkable(&self, site: &Site, biome: u8) -> bool {
        let terrain = &self.recipe.terrain;
        self.recipe.biomes[usize::from(biome)].walkable
            && site.height >= terrain.water_level.units() - terrain.wade_depth.units()
            && site.slope_squared <= slope_squared(terrain.steepest_walk.permille())
    }
}

/// A field's value, 0 to 1, in thousandths.
fn permille(value: f32) -> i64 {
    (value.clamp(0.0, 1.0) * 1_000.0) as i64
}

fn stored_height(metres: f32, lowest: f32) -> u16 {
    // The cast cuts off what is out of range and takes what is no number for 0.
    ((metres - lowest) * (256 / HEIGHT_STEP_UNITS) as f32 + 0.5) as u16
}

/// Puts layers behind those that they read. The recipe was checked: there is no circle.
struct Order<'a> {
    recipe: &'a Recipe,
    seed: u64,
    layers: Vec<Layer>,
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Order<'a> {
    fn place(&mut self, name: &'a str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let field = self.recipe.layers[name].field();
        let inputs = field.inputs().into_iter().map(|(_, input)| self.place(input)).collect();
        let seed = hash::named_seed(self.seed, ENGINE, "layer", field.salt().unwrap_or(name));
        self.layers.push(Layer { name: name.to_owned(), seed, inputs });
        self.places.insert(name, self.layers.len() - 1);
        self.layers.len() - 1
    }
}
