//! The land of an area: the ground, its climate, and what follows from both.

use crate::{
    World,
    area::Area,
    biomes::{Sites, slope_squared},
    chunk::HEIGHT_STEP_UNITS,
    ground::Surface,
    lanes::nearest,
    plan::Evaluation,
};

/// The land between the points of an area. What is told of points has a value for each of them, what is told of squares for
/// each square between four of them.
pub(crate) struct Land {
    /// The ground at each point, as chunks store it.
    pub(crate) heights: Vec<u16>,
    /// The surface of rivers and lakes at each point, as chunks store it: 0 where there is none. Empty if there is none.
    pub(crate) water: Vec<u16>,
    /// How much of a way each point is, 0 to 1. Empty if there is none.
    pub(crate) road: Vec<f32>,
    /// What decisions look at, for each square.
    pub(crate) sites: Sites,
    /// The biome of each square.
    pub(crate) biomes: Vec<u8>,
    /// The material of each square.
    pub(crate) materials: Vec<u8>,
    /// Whether one can walk on each square, as far as ground and water decide.
    pub(crate) walkable: Vec<bool>,
}

impl World {
    /// The land of an area that has two points or more each way.
    pub(crate) fn land(&self, layers: &mut Evaluation<'_>, area: &Area) -> Land {
        let surface = self.ground.surface(self, layers, area);
        self.land_over(layers, area, surface)
    }

    /// The land of an area whose ground is known.
    pub(crate) fn land_over(&self, layers: &mut Evaluation<'_>, area: &Area, surface: Surface) -> Land {
        let Surface { metres, water, road } = surface;
        let terrain = &self.recipe.terrain;
        let (lowest, step) = (terrain.lowest.metres(), (256 / HEIGHT_STEP_UNITS) as f32);
        let stored = |metres: &f32| {
            let steps = (metres - lowest) * step;
            // What is out of range is cut off, and what is no number is taken for 0.
            let steps = if steps > 0.0 { steps } else { 0.0 };
            nearest(if steps < 65_535.0 { steps } else { 65_535.0 }) as u16
        };
        let heights: Vec<u16> = metres.iter().map(stored).collect();
        let water: Vec<u16> = water.iter().map(stored).collect();
        let temperature = layers.values(area, self.climate.temperature);
        let humidity = layers.values(area, self.climate.humidity);
        let lowest = terrain.lowest.units() as i32;
        let sites = Sites::of(self.lanes, area, lowest, &heights, (&temperature, &humidity));
        let biomes = self.palette.choose(self.lanes, area, &sites);
        let mut land =
            Land { heights, water, road, sites, biomes, materials: Vec::new(), walkable: Vec::new() };
        land.materials = self.materials(area, &land);
        land.walkable = self.walkable(area, &land);
        land
    }

    fn materials(&self, area: &Area, land: &Land) -> Vec<u8> {
        let mut materials: Vec<u8> = (0..land.sites.count())
            .map(|square| self.palette.material(land.biomes[square], &land.sites, square))
            .collect();
        if let Some(material) = self.ground.road_material() {
            let rows = materials.chunks_exact_mut(area.width - 1).zip(land.road.chunks_exact(area.width));
            for (materials, road) in rows {
                for (of_square, road) in materials.iter_mut().zip(road) {
                    *of_square = if *road > 0.5 { material } else { *of_square };
                }
            }
        }
        materials
    }

    /// Not too steep, not too deep, and no biome that nobody can walk on.
    fn walkable(&self, area: &Area, land: &Land) -> Vec<bool> {
        let terrain = &self.recipe.terrain;
        let steepest = slope_squared(terrain.steepest_walk.permille());
        let shallowest = (terrain.water_level.units() - terrain.wade_depth.units()) as i32;
        let wade = (terrain.wade_depth.units() / HEIGHT_STEP_UNITS) as i32;
        let sites = &land.sites;
        let ground = sites.slope_squared.iter().zip(&sites.height);
        let mut walkable: Vec<bool> =
            ground.map(|(slope, height)| (*slope <= steepest) & (*height >= shallowest)).collect();
        if !self.palette.is_all_walkable() {
            let biomes = walkable.iter_mut().zip(&land.biomes);
            biomes.for_each(|(walkable, biome)| *walkable &= self.palette.is_walkable(*biome));
        }
        if !land.water.is_empty() {
            let rows = land.water.chunks_exact(area.width).zip(land.heights.chunks_exact(area.width));
            for (walkable, (water, heights)) in walkable.chunks_exact_mut(area.width - 1).zip(rows) {
                for ((walkable, water), height) in walkable.iter_mut().zip(water).zip(heights) {
                    *walkable &= *water == 0 || i32::from(*water) - i32::from(*height) <= wade;
                }
            }
        }
        walkable
    }
}
