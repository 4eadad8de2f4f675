//! The same bits everywhere: these hashes hold natively and under wasm32, near the origin and at the ends of the grid.
//!
//! A change here means that every world that exists changes its terrain: that is a new `ENGINE`, not a new golden.
//!
//! `cargo xtask test` runs it natively and under wasm32, plain and with vectors, with assertions and optimised. Alone under
//! wasm32: `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test -p worldgen
//! --target wasm32-unknown-unknown --no-default-features --test golden`.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use grid::CellCoord;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use worldgen::{Chunk, Recipe, World, chunk_hash};

/// The wire form of a small recipe with every step, as a browser gets it.
const EVERY_STEP: &str = include_str!("golden/every_step.json");

const FINGERPRINT: &str = "cccd3a63959e6bb8a36be27d35b6213fe21ab290dd212b3fc23a6d4707bd66af";

const GOLDEN: [(i32, i32, &str); 8] = [
    (0, 0, "9f9fef55b843c77093ba93622b13f38b9d97fe80b7969e7c8d9a7d13d8af9a77"),
    (-1, -1, "612b19156efee3cd03fa934de0cce38169c2a681481aa6a531f945517903202d"),
    (31, 32, "a58c9753f35e8399debead473b7987d4e5cd7fa738aae36d05cf2588cd7fad4b"),
    (-100_000, 77_777, "29c03563956220e2526f15bc9946666a5a92ebf424dcd3e79db1a6befaaee76c"),
    (i32::MAX, i32::MAX, "d4662ebcdfdf592959aa048d85c427a44d7ded1d80a66d8ea9dfe5436763c23c"),
    (i32::MIN, i32::MIN, "e5caaa4a670523ad14e4bc175d0931a38d478dd17cd7965047762910ccd8f9da"),
    (i32::MIN, i32::MAX, "cd8c8bb79ba53b387c40c9063c7b557a4b1ded07c6481635f62f153853ec04b4"),
    (i32::MAX - 1, i32::MIN + 1, "4be187f2524d5a9745985d75ce55fc1b20b2f6696a95eb9c4b0f2bed50ecd62f"),
];

fn world() -> World {
    World::new(0x5eed, serde_json::from_str(EVERY_STEP).unwrap()).unwrap()
}

/// The chunks whose hashes are pinned, grown once for all tests.
fn golden_chunks() -> &'static [Chunk] {
    static CHUNKS: std::sync::OnceLock<Vec<Chunk>> = std::sync::OnceLock::new();
    CHUNKS.get_or_init(|| {
        let world = world();
        GOLDEN.iter().map(|(x, z, _)| world.chunk(CellCoord::new(*x, *z))).collect()
    })
}

#[test]
fn chunks_have_the_same_bits_on_every_machine() {
    let hashes =
        golden_chunks().iter().map(|chunk| (chunk.coord.x, chunk.coord.z, chunk_hash(&chunk.encode())));
    let golden = GOLDEN.map(|(x, z, hash)| (x, z, hash.to_owned()));
    assert_eq!(hashes.collect::<Vec<_>>(), golden);
}

#[test]
fn narrow_instructions_give_the_same_bits_as_wide_ones() {
    let narrow = world().without_wide_instructions();
    for ((x, z, _), wide) in GOLDEN.iter().zip(golden_chunks()) {
        assert_eq!(narrow.chunk(CellCoord::new(*x, *z)), *wide);
    }
}

/// Whoever runs these tests for certain instructions says so when they are compiled.
#[test]
fn the_tests_run_on_the_instructions_that_were_asked_for() {
    let has = if cfg!(target_feature = "simd128") { "simd128" } else { "scalar" };
    assert_eq!(option_env!("REALMKEEP_INSTRUCTIONS").unwrap_or(has), has);
}

/// The hash of a chunk whose ground is made by the exact generators of the crate `noise`.
const OF_LIBRARY_NOISE: &str = "7725c594124c3b674eb80c5c38337a3363cf2a5b50bf545102f6d35428cdf55d";

#[test]
fn the_librarys_exact_generators_have_the_same_bits_on_every_machine() {
    let mut recipe: serde_json::Value = serde_json::from_str(EVERY_STEP).unwrap();
    for generator in ["perlin", "value"] {
        let step =
            serde_json::json!({"step": "library_noise", "generator": generator, "wavelength": "37.3 m"});
        recipe["layers"][generator] = step;
        let term = serde_json::json!({"layer": generator, "times": 9});
        recipe["layers"]["raised"]["of"].as_array_mut().unwrap().push(term);
    }
    let world = World::new(7, serde_json::from_value(recipe).unwrap()).unwrap();
    let chunk = world.chunk(CellCoord::new(-70_000_000, i32::MAX));
    assert_eq!(chunk_hash(&chunk.encode()), OF_LIBRARY_NOISE);
}

#[test]
fn the_fingerprint_is_the_same_on_every_machine() {
    assert_eq!(world().fingerprint(), FINGERPRINT);
}

#[test]
fn the_golden_chunks_are_worth_comparing() {
    let chunks = golden_chunks();
    let varied = |chunk: &Chunk| chunk.heights.iter().min() != chunk.heights.iter().max();
    assert!(chunks.iter().all(varied));
    assert!(chunks.iter().any(|chunk| !chunk.features.is_empty()));
    assert!(chunks.iter().any(|chunk| !chunk.water.is_empty()));
    assert!(chunks.iter().any(|chunk| chunk.materials.contains(&3)), "no way leads through any of them");
    let biomes: std::collections::BTreeSet<u8> =
        chunks.iter().flat_map(|chunk| chunk.biomes.iter().copied()).collect();
    assert!(biomes.len() > 2, "{biomes:?}");
}

#[cfg(feature = "authoring")]
#[test]
fn the_wire_form_is_what_the_yaml_says_and_has_every_step() {
    let yaml = include_str!("golden/every_step.yaml");
    let recipe = Recipe::from_yaml("every_step.yaml", yaml).unwrap();
    assert_eq!(serde_json::to_string_pretty(&recipe).unwrap(), EVERY_STEP.trim_end());
    // Steps that came later have hashes of their own, above.
    let pinned_apart = ["library_noise"];
    for name in worldgen::steps::STEP_NAMES {
        assert!(
            pinned_apart.contains(name) || EVERY_STEP.contains(&format!("\"step\": \"{name}\"")),
            "no golden hash pins the step {name}"
        );
    }
}

#[cfg(not(feature = "authoring"))]
#[test]
fn the_wire_form_comes_back_as_it_was() {
    let recipe: Recipe = serde_json::from_str(EVERY_STEP).unwrap();
    assert_eq!(serde_json::to_string_pretty(&recipe).unwrap(), EVERY_STEP.trim_end());
}
