//! The worker's half: grows chunks with the same code as the server, away from the page's thread.

use grid::{CellCoord, UNITS_PER_METRE};
use js_sys::Uint8ClampedArray;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use worldgen::{Chunk, Recipe, World, chunk_hash};

use super::{
    atlas::GrownChunk,
    worker_messages::{Detail, Order, Report},
};

/// Listens for orders for as long as the worker lives. Apart from the page's code: only workers need terrain.
#[cfg_attr(feature = "split", leptos::lazy(terrain))]
pub async fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut world = None;
    let reports = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(order) = Order::from_js(&event.data()) else { return };
        if let Some(report) = follow(order, &mut world) {
            let (message, handed_over) = report.to_js();
            // Posting fails only for what can't be copied; numbers, texts and buffers can.
            let _ = reports.post_message_with_transfer(&message, &handed_over);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

fn follow(order: Order, world: &mut Option<World>) -> Option<Report> {
    match order {
        Order::World { seed, recipe } => match compile(&seed, &recipe) {
            Ok(compiled) => {
                *world = Some(compiled);
                None
            }
            Err(reason) => Some(Report::Refused { reason }),
        },
        Order::Grow { cell, detail } => world.as_ref().map(|world| grow(world, cell, detail)),
    }
}

fn compile(seed: &str, recipe: &str) -> Result<World, String> {
    let seed = seed.parse::<u64>().map_err(|error| format!("The world’s seed is no number: {error}"))?;
    let recipe: Recipe = serde_json::from_str(recipe)
        .map_err(|error| format!("This page can’t read the world’s recipe: {error}"))?;
    World::new(seed, recipe).map_err(|error| format!("The world’s recipe doesn’t work here: {error}"))
}

fn grow(world: &World, cell: CellCoord, detail: Detail) -> Report {
    let chunk = world.chunk(cell);
    let mut fine = vec![0; worldgen::PIXELS_BYTES];
    chunk.shade(world.recipe(), &mut fine);
    let pixels = match detail {
        Detail::Fine => Uint8ClampedArray::from(fine.as_slice()),
        Detail::Coarse => Uint8ClampedArray::from(shrink(&fine).as_slice()),
    };
    let metres = |units: i64| units as f64 / UNITS_PER_METRE as f64;
    let (low, high) = height_range(&chunk);
    let known = GrownChunk {
        hash: chunk_hash(&chunk.encode()),
        height_m: (metres(low), metres(high)),
        biome: main_biome(&chunk, world.recipe()),
    };
    Report::Grown { cell, detail, pixels, chunk: known }
}

/// Averages 4 × 4 pixels into one.
fn shrink(fine: &[u8]) -> Vec<u8> {
    let (side, step) = (Detail::Coarse.pixels() as usize, 4);
    let row_bytes = Detail::Fine.pixels() as usize * 4;
    let mut coarse = Vec::with_capacity(side * side * 4);
    for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
        for channel in 0..4 {
            let offsets = (0..step).flat_map(|dy| (0..step).map(move |dx| dy * row_bytes + dx * 4));
            let start = y * step * row_bytes + x * step * 4 + channel;
            let sum: u32 = offsets.map(|offset| u32::from(fine[start + offset])).sum();
            coarse.push((sum / 16) as u8);
        }
    }
    coarse
}

fn height_range(chunk: &Chunk) -> (i64, i64) {
    let units = |step: Option<&u16>| {
        chunk.lowest_units + i64::from(step.copied().unwrap_or(0)) * worldgen::HEIGHT_STEP_UNITS
    };
    (units(chunk.heights.iter().min()), units(chunk.heights.iter().max()))
}

fn main_biome(chunk: &Chunk, recipe: &Recipe) -> String {
    let mut counts = [0_u32; 256];
    for biome in &chunk.biomes {
        counts[usize::from(*biome)] += 1;
    }
    let main = (0..counts.len()).max_by_key(|index| (counts[*index], std::cmp::Reverse(*index))).unwrap_or(0);
    recipe.biomes.get(main).map(|biome| biome.id.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_picture_stays_plain_when_shrunk() {
        let fine: Vec<u8> = [10, 20, 30, 255].repeat(64 * 64);
        assert_eq!(shrink(&fine), [10, 20, 30, 255].repeat(16 * 16));
    }

    #[test]
    fn a_coarse_pixel_is_the_mean_of_its_sixteen() {
        let mut fine = vec![0; 64 * 64 * 4];
        fine[0] = 160;
        assert_eq!(shrink(&fine)[0], 10);
    }
}
