//! The same bits everywhere: these hashes hold natively and under wasm32, near the origin and at the ends of the grid.
//!
//! A change here means that every world that exists changes its terrain: that is a new `ENGINE`, not a new golden.
//!
//! Under wasm32 run it with `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test -p worldgen
//! --target wasm32-unknown-unknown --no-default-features --test golden`.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use grid::CellCoord;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use worldgen::{Chunk, Recipe, World, chunk_hash};

/// The wire form of a small recipe with every step, as a browser gets it.
const EVERY_STEP: &str = include_str!("golden/every_step.json");

const FINGERPRINT: &str = "ee2e55e4e8b348d64d6f5d55dd29375301bb9fb6c266fc62dbaf9a65c81fb5f4";

const GOLDEN: [(i32, i32, &str); 8] = [
    (0, 0, "5f15b9f3cf39f2dfb0701ffc7e0d1ff7fe7e749b4218ad4470feacb9b8872fd6"),
    (-1, -1, "f2b57fada7302778be1c3f450d20aa765786ff75f3937428c22e55d1cc9beaad"),
    (31, 32, "e99a8e79662987478b7ba7815b0729b9565bd302b20abfe112bffc6c513d6155"),
    (-100_000, 77_777, "50ccde15c87c719b59f6b6cfc8c6a411b68da58e03aa5b5cb3d2afdf9d78a1a8"),
    (i32::MAX, i32::MAX, "58301f0ee3465a015be1ee8a5b7ec8858acdbd859bd0328f4b43165f30693feb"),
    (i32::MIN, i32::MIN, "5aaecab7a830d3f8b15ee848990e758a87584b82d301914f6de226581fb9a69b"),
    (i32::MIN, i32::MAX, "05e35ea48d9b8f98f47d8ab9ad803e3744a0fb637d76c7b8b58329c7baee0194"),
    (i32::MAX - 1, i32::MIN + 1, "b45e4c969386971462291131d8996813ea54e05672392d11af250ccd56dc0735"),
];

fn world() -> World {
    World::new(0x5eed, serde_json::from_str(EVERY_STEP).unwrap()).unwrap()
}

#[test]
fn chunks_have_the_same_bits_on_every_machine() {
    let world = world();
    let hashes = GOLDEN.map(|(x, z, _)| (x, z, chunk_hash(&world.chunk(CellCoord::new(x, z)).encode())));
    let golden = GOLDEN.map(|(x, z, hash)| (x, z, hash.to_owned()));
    assert_eq!(hashes, golden);
}

#[test]
fn the_fingerprint_is_the_same_on_every_machine() {
    assert_eq!(world().fingerprint(), FINGERPRINT);
}

#[test]
fn the_golden_chunks_are_worth_comparing() {
    let world = world();
    let chunks: Vec<Chunk> = GOLDEN.iter().map(|(x, z, _)| world.chunk(CellCoord::new(*x, *z))).collect();
    let varied = |chunk: &Chunk| chunk.heights.iter().min() != chunk.heights.iter().max();
    assert!(chunks.iter().all(varied));
    assert!(chunks.iter().any(|chunk| !chunk.features.is_empty()));
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
    for name in worldgen::steps::STEP_NAMES {
        assert!(
            EVERY_STEP.contains(&format!("\"step\": \"{name}\"")),
            "the golden recipe lacks the step {name}"
        );
    }
}

#[cfg(not(feature = "authoring"))]
#[test]
fn the_wire_form_comes_back_as_it_was() {
    let recipe: Recipe = serde_json::from_str(EVERY_STEP).unwrap();
    assert_eq!(serde_json::to_string_pretty(&recipe).unwrap(), EVERY_STEP.trim_end());
}
