//! The engine as browsers run it, measured: a module that Node loads for `cargo xtask bench terrain`.
//!
//! It grows what `peers` grows, so the two can be compared. It imports nothing; time is measured outside.
#![expect(unsafe_code, reason = "a module's exports go by their plain names")]

use std::hint::black_box;

use grid::CellCoord;
use worldgen::{Area, Recipe, World};

const LAYERS: [&str; 5] = ["broad", "hills", "rough", "warmth", "rain"];
/// Chunks of a call: a row, as a region is made.
const CHUNKS: i32 = 64;

thread_local! {
    static WORLD: World = {
        let recipe = Recipe::from_yaml("graph.yaml", include_str!("../benches/graph.yaml"));
        World::new(42, recipe.expect("the recipe is checked natively")).expect("the recipe is checked natively")
    };
}

/// Makes the noise alone of a row of chunks. Returns how many.
// SAFETY: no other symbol of the module has this name.
#[unsafe(no_mangle)]
pub extern "C" fn grow_noise(row: i32) -> i32 {
    WORLD.with(|world| {
        for (x, layer) in (0..CHUNKS).flat_map(|x| LAYERS.map(|layer| (x, layer))) {
            let _ = black_box(world.layer_tile(layer, &Area::of_chunk(CellCoord::new(x, row))));
        }
    });
    CHUNKS
}

/// Makes a row of whole chunks, encoded. Returns how many.
// SAFETY: no other symbol of the module has this name.
#[unsafe(no_mangle)]
pub extern "C" fn grow_chunks(row: i32) -> i32 {
    WORLD.with(|world| {
        for x in 0..CHUNKS {
            black_box(world.chunk(CellCoord::new(x, row)).encode());
        }
    });
    CHUNKS
}
