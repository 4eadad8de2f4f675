//! What holds of every world: nothing hangs on who asks for what, when, or in which pieces.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use std::collections::BTreeMap;

use grid::{CellCoord, UNITS_PER_METRE};
use proptest::prelude::*;
use worldgen::{Area, Chunk, Recipe, World, compile};

const EVERY_STEP: &str = include_str!("golden/every_step.json");
const RECIPES: [(&str, &str); 3] = [
    ("archipelago.yaml", include_str!("../../../config/recipes/archipelago.yaml")),
    ("temperate.yaml", include_str!("../../../config/recipes/temperate.yaml")),
    ("wasteland.yaml", include_str!("../../../config/recipes/wasteland.yaml")),
];

fn every_step(seed: u64) -> World {
    World::new(seed, serde_json::from_str(EVERY_STEP).unwrap()).unwrap()
}

fn shipped(index: usize, seed: u64) -> World {
    let (name, text) = RECIPES[index];
    World::new(seed, Recipe::from_yaml(name, text).unwrap()).unwrap()
}

/// Cells beside each other, row by row.
fn block(x: i32, z: i32, side: i32) -> impl Iterator<Item = CellCoord> {
    (z..z + side).flat_map(move |z| (x..x + side).map(move |x| CellCoord::new(x, z)))
}

#[test]
fn any_order_and_any_number_of_threads_give_the_same_chunks() {
    let cells: Vec<CellCoord> = block(-2, 6, 4).chain(block(700, -31, 2)).collect();
    let alone: Vec<Chunk> = {
        let world = every_step(11);
        cells.iter().map(|cell| world.chunk(*cell)).collect()
    };
    let shared = every_step(11);
    // Each thread begins elsewhere and goes its own way, all over one world.
    let answers: Vec<Vec<(usize, Chunk)>> = std::thread::scope(|scope| {
        let walk = |start: usize, stride: usize| {
            let (cells, shared) = (&cells, &shared);
            scope.spawn(move || {
                let order = (0..cells.len()).map(|i| (start + i * stride) % cells.len());
                order.map(|i| (i, shared.chunk(cells[i]))).collect::<Vec<_>>()
            })
        };
        let walks = [walk(3, 7), walk(19, 19), walk(8, 1)];
        walks.into_iter().map(|walk| walk.join().unwrap()).collect()
    });
    for (i, chunk) in answers.iter().flatten() {
        assert_eq!(*chunk, alone[*i], "{:?}", cells[*i]);
    }
    assert_eq!(answers.iter().flatten().count(), 3 * cells.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_cutting_into_tiles_gives_the_same_bits(
        (x, z) in (-(1_i64 << 39)..1 << 39, -(1_i64 << 39)..1 << 39),
        step in prop_oneof![Just(1_i64), Just(256), Just(4_096), 1..16_384_i64],
        (width, height) in (2..40_usize, 2..40_usize),
        (column, row) in (0.0..1.0, 0.0..1.0),
        layer in any::<prop::sample::Index>(),
    ) {
        let world = every_step(3);
        let layers = world.layers();
        let name = &layers[layer.index(layers.len())].name;
        let whole = Area { x: x * 256, z: z * 256, step, width, height };
        let (first_column, first_row) = ((width as f64 * column) as usize, (height as f64 * row) as usize);
        let piece = Area {
            x: whole.x + first_column as i64 * step,
            z: whole.z + first_row as i64 * step,
            width: width - first_column,
            height: height - first_row,
            ..whole
        };
        let (of_whole, of_piece) = (world.layer_tile(name, &whole).unwrap(), world.layer_tile(name, &piece).unwrap());
        for (i, value) in of_piece.iter().enumerate() {
            let at = (first_row + i / piece.width) * width + first_column + i % piece.width;
            prop_assert_eq!(value.to_bits(), of_whole[at].to_bits(), "{} at point {} of {:?}", name, i, piece);
        }
    }
}

#[test]
fn chunks_of_every_shipped_recipe_share_their_borders() {
    for index in 0..RECIPES.len() {
        let world = shipped(index, 5);
        // Around the corner of four regions, where everything that is worked out in parts has a border.
        let chunks: BTreeMap<(i32, i32), Chunk> =
            block(-1, -1, 2).map(|cell| ((cell.x, cell.z), world.chunk(cell))).collect();
        for i in 0..=64 {
            for z in [-1, 0] {
                let (west, east) = (&chunks[&(-1, z)], &chunks[&(0, z)]);
                assert_eq!(west.height_units(64, i), east.height_units(0, i));
                assert_eq!(west.water_depth_units(64, i), east.water_depth_units(0, i));
            }
            for x in [-1, 0] {
                let (north, south) = (&chunks[&(x, -1)], &chunks[&(x, 0)]);
                assert_eq!(north.height_units(i, 64), south.height_units(i, 0));
                assert_eq!(north.water_depth_units(i, 64), south.water_depth_units(i, 0));
            }
        }
    }
}

/// A world with one layer beside those that it must have.
fn one_layer(step: &str) -> World {
    let mut recipe: serde_json::Value = serde_json::from_str(EVERY_STEP).unwrap();
    recipe["layers"]["looked-at"] = serde_json::from_str(step).unwrap();
    World::new(23, serde_json::from_value(recipe).unwrap()).unwrap()
}

fn correlation(a: &[f32], b: &[f32]) -> f64 {
    let mean = |of: &[f32]| of.iter().map(|value| f64::from(*value)).sum::<f64>() / of.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum = |part: &dyn Fn(f64, f64) -> f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| part(f64::from(*a) - mean_a, f64::from(*b) - mean_b)).sum()
    };
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

#[test]
fn no_noise_repeats_after_256_wavelengths_nor_after_any_power_of_two() {
    for step in [
        r#"{"step": "noise", "wavelength": "8 m"}"#,
        r#"{"step": "noise", "noise": "value", "wavelength": "8 m"}"#,
        r#"{"step": "noise", "noise": "opensimplex2", "wavelength": "8 m"}"#,
        r#"{"step": "cellular", "wavelength": "8 m"}"#,
    ] {
        let world = one_layer(step);
        let tile = |x: i64, z: i64| {
            let area = Area { x, z, step: UNITS_PER_METRE, width: 128, height: 128 };
            world.layer_tile("looked-at", &area).unwrap()
        };
        let here = tile(0, 0);
        assert!(correlation(&here, &tile(0, 0)) > 0.999);
        for wavelengths in [256_i64, 512, 1 << 16, 1 << 24, 1 << 30] {
            let away = wavelengths * 8 * UNITS_PER_METRE;
            for other in [tile(away, 0), tile(0, away), tile(away, away), tile(-away, away)] {
                let alike = correlation(&here, &other);
                assert!(alike.abs() < 0.3, "{step}: {alike} after {wavelengths} wavelengths");
            }
        }
    }
}

#[test]
fn strewn_features_keep_their_distance_across_the_borders_of_chunks() {
    let world = every_step(5);
    let spacing = |kind: u8| &world.recipe().features[usize::from(kind)];
    let mut stands: BTreeMap<u8, Vec<(i64, i64)>> = BTreeMap::new();
    for cell in block(-3, -3, 6) {
        for feature in world.chunk(cell).features {
            let origin = cell.origin();
            let at = (origin.x + i64::from(feature.x), origin.z + i64::from(feature.z));
            stands.entry(feature.kind).or_default().push(at);
        }
    }
    let mut across = 0;
    for (kind, places) in &mut stands {
        if spacing(*kind).cluster.is_some()
            || world.recipe().settlements.iter().any(|s| s.house == spacing(*kind).id)
        {
            continue;
        }
        places.sort_unstable();
        let distance = spacing(*kind).spacing.units();
        for (i, a) in places.iter().enumerate() {
            for b in places[i + 1..].iter().take_while(|b| b.0 - a.0 < distance * 2) {
                let (dx, dz) = (b.0 - a.0, b.1 - a.1);
                assert!(dx * dx + dz * dz >= distance * distance, "{a:?} and {b:?} are too near");
                let cell = |units: i64| units.div_euclid(64 * 256);
                let is_near = dx * dx + dz * dz < 4 * distance * distance;
                across += usize::from(is_near && (cell(a.0), cell(a.1)) != (cell(b.0), cell(b.1)));
            }
        }
    }
    assert!(across > 20, "only {across} neighbours stand in two chunks");
}

#[test]
fn the_ends_of_the_grid_are_land_like_any_other() {
    for (name, text) in RECIPES {
        let world = compile(name, text, 9, &BTreeMap::new()).map_err(|_| name).unwrap().world;
        for (x, z) in [(i32::MAX, i32::MIN), (i32::MIN, i32::MAX)] {
            let chunk = world.chunk(CellCoord::new(x, z));
            assert_eq!(Chunk::decode(&chunk.encode()).as_ref(), Ok(&chunk));
            // Where fractions had lost their bits, the ground would be made of steps.
            let steps: std::collections::BTreeSet<u16> = chunk.heights.iter().copied().collect();
            assert!(steps.len() > 20, "{name} {x} {z}: {} heights", steps.len());
        }
    }
}
