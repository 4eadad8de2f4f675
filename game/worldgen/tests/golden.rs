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

const FINGERPRINT: &str = "7a779e8d17550ad8da0e3a3c26d73aa15070478c2fccf5561864508d9f36e4a6";

const GOLDEN: [(i32, i32, &str); 8] = [
    (0, 0, "d720307bebd82021691bae364afc8396b2b94d2701482bddfab1fefdb8159dcf"),
    (-1, -1, "f754caf57ee766ca6a8b0e3b64721cb3f278b156d941cb699876bacf5406cd87"),
    (31, 32, "003ed68a6f230ad66784df75ac0e254116ba5bf7a5da5224d464e0dd6bc0eb85"),
    (-100_000, 77_777, "9e5957684d063935a1598f41d7db4926ab898f551a883cfd9e91c49dfa2a283f"),
    (i32::MAX, i32::MAX, "534e842cd32291b48cc1b5c27ad431d54b9e0a7fb682626ea44178c068ab2a34"),
    (i32::MIN, i32::MIN, "f41de107b8f24eea3a681a5a89428b92bd79b6dc4b1ca18ee2e46f9ee597dee1"),
    (i32::MIN, i32::MAX, "c6aa38e22a6c60323833090d12e6aea25d4963e16f4483be70a1d054f77d3c36"),
    (i32::MAX - 1, i32::MIN + 1, "d218f7635640b0a347034e84579141272df618444ec6dc4eea52cc672fe1dbad"),
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
const OF_LIBRARY_NOISE: &str = "295ec3566d1b723f02738e2e2d7172b02c5d193488d5bdd47ad2d8dc41f127ac";

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
