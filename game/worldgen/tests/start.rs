//! Players begin on open ground, whatever the recipe and the seed.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use grid::{Position, RegionCoord, UNITS_PER_CELL, UNITS_PER_METRE};
use worldgen::{Recipe, World};

const RECIPES: [(&str, &str); 4] = [
    ("archipelago.yaml", include_str!("../../../config/recipes/archipelago.yaml")),
    ("temperate.yaml", include_str!("../../../config/recipes/temperate.yaml")),
    ("wasteland.yaml", include_str!("../../../config/recipes/wasteland.yaml")),
    ("every_step.yaml", include_str!("golden/every_step.yaml")),
];
const SEEDS: u64 = 24;
const FIRST: RegionCoord = RegionCoord::new(0, 0);

fn world(recipe: usize, seed: u64) -> World {
    let (name, text) = RECIPES[recipe];
    World::new(seed, Recipe::from_yaml(name, text).unwrap()).unwrap()
}

/// Where a place lies in its cell, in whole metres.
fn metres(start: Position) -> (usize, usize) {
    let within = |units: i64| (units.rem_euclid(UNITS_PER_CELL) / UNITS_PER_METRE) as usize;
    (within(start.x), within(start.z))
}

#[test]
fn players_begin_on_walkable_ground_with_no_deep_water_near() {
    for (recipe, seed) in (0..RECIPES.len()).flat_map(|recipe| (0..SEEDS).map(move |seed| (recipe, seed))) {
        let world = world(recipe, seed);
        let start = world.start(FIRST);
        let (chunk, (x, z)) = (world.chunk(start.cell()), metres(start));
        let told = format!("{} of seed {seed} at {start:?}", RECIPES[recipe].0);
        let origin = chunk.coord.origin();
        assert!(chunk.is_walkable(start.x - origin.x, start.z - origin.z), "{told}");
        assert_eq!(start.y, chunk.ground_height(start.x - origin.x, start.z - origin.z), "{told}");
        let wade = world.recipe().terrain.wade_depth.units();
        let around = |place: usize| place.saturating_sub(16)..=(place + 16).min(64);
        let depths = around(z).flat_map(|z| around(x).map(move |x| (x, z)));
        let deepest = depths.map(|(x, z)| chunk.water_depth_units(x, z)).max();
        assert!(deepest <= Some(wade), "{told}: {deepest:?}");
    }
}

#[test]
fn the_start_of_a_region_lies_in_it_and_is_the_same_each_time() {
    let region = RegionCoord::new(-3, 5);
    let start = world(1, 7).start(region);
    assert_eq!(start, world(1, 7).start(region));
    assert_eq!(start.cell().region(), region);
}

#[test]
fn a_region_without_land_has_a_start_all_the_same() {
    let drowned = include_str!("../benches/graph.yaml").replacen("water_level: 0 m", "water_level: 400 m", 1);
    let world = World::new(1, Recipe::from_yaml("drowned.yaml", &drowned).unwrap()).unwrap();
    assert_eq!(world.start(FIRST).cell(), grid::CellCoord::new(32, 32));
}
