//! The same noise from `worldgen` and from other libraries, on one core, as JSON: `peers [--out target/bench/terrain.json]`.
//!
//! `cargo run --release -p peers`
//!
//! Times are the thread's CPU time, medians over rounds in which all take their turn, so that a busy machine slows them
//! alike; the ratios are what counts. Each library makes Perlin noise as it does by its own documentation for a regular grid
//! (`simdnoise` has simplex noise only), and makes its own picture.

mod libraries;

use std::{collections::BTreeMap, fs, hint::black_box, process::ExitCode, time::Duration};

use cpu_time::ThreadTime;
use grid::CellCoord;
use worldgen::{Area, Recipe, World};

const ROUNDS: usize = 15;
const OCTAVES: u32 = 4;
const SIDE: usize = 65;
/// The layers of the benchmark's recipe, with their wavelengths in metres.
const LAYERS: [(&str, f64); 5] =
    [("broad", 512.0), ("hills", 256.0), ("rough", 128.0), ("warmth", 400.0), ("rain", 300.0)];

/// Makes five layers of noise for a chunk.
type Make<'a> = Box<dyn FnMut(CellCoord) + 'a>;

fn main() -> ExitCode {
    let out = std::env::args().skip_while(|argument| argument != "--out").nth(1);
    match measure().map(|report| (report, out)) {
        Ok((report, Some(out))) => {
            let written = fs::write(&out, format!("{report:#}\n"));
            if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Ok((report, None)) => say(&format!("{report:#}"), ExitCode::SUCCESS),
        Err(reason) => say(&reason, ExitCode::FAILURE),
    }
}

#[expect(clippy::print_stdout, reason = "a tool tells its user what it measured")]
fn say(text: &str, code: ExitCode) -> ExitCode {
    println!("{text}");
    code
}

fn measure() -> Result<serde_json::Value, String> {
    let recipe = Recipe::from_yaml("graph.yaml", include_str!("../../benches/graph.yaml"));
    let recipe = recipe.map_err(|error| error.to_string())?;
    let world = |recipe| World::new(42, recipe).map_err(|error| error.to_string());
    let (best, plain) = (world(recipe.clone())?, world(recipe)?.without_wide_instructions());

    let mut makers: Vec<(&str, Make<'_>)> = vec![
        ("ours", ours(&best)),
        ("ours_without_avx2", ours(&plain)),
        ("noise", libraries::noise()),
        ("fastnoise_lite", libraries::fastnoise_lite()),
        ("noise_functions", libraries::noise_functions()),
        ("libnoise", libraries::libnoise()),
        ("simdnoise", libraries::simdnoise()),
        ("quick_noise_batch", Box::new(libraries::quick_noise_batch)),
        ("quick_noise_grid", Box::new(libraries::quick_noise_grid)),
        ("our_chunk", chunk(&best)),
        ("our_chunk_without_avx2", chunk(&plain)),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); makers.len()];
    for round in 0..=ROUNDS {
        for ((_, make), times) in makers.iter_mut().zip(&mut times) {
            // A row of chunks, as a region is made; the first round only warms up.
            let begun = ThreadTime::now();
            (0..64).for_each(|x| make(CellCoord::new(x, round as i32)));
            if round > 0 {
                times.push(begun.elapsed() / 64);
            }
        }
    }
    let medians: BTreeMap<&str, f64> = makers
        .iter()
        .zip(&mut times)
        .map(|((name, _), times)| {
            times.sort_unstable();
            (*name, times[ROUNDS / 2].as_secs_f64() * 1e6)
        })
        .collect();
    let noise = medians["noise"];
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let ratios: BTreeMap<&str, f64> =
        medians.iter().map(|(name, median)| (*name, rounded(noise / median))).collect();
    Ok(serde_json::json!({
        "what": "5 layers x 4 octaves x 65x65 of noise; our_chunk is a whole chunk, encoded",
        "cpu_us": medians.iter().map(|(name, median)| (*name, rounded(*median))).collect::<BTreeMap<_, _>>(),
        "times_as_quick_as_noise": ratios,
    }))
}

fn ours(world: &World) -> Make<'_> {
    Box::new(|cell| {
        for (layer, _) in LAYERS {
            let _ = black_box(world.layer_tile(layer, &Area::of_chunk(cell)));
        }
    })
}

fn chunk(world: &World) -> Make<'_> {
    Box::new(|cell| {
        black_box(world.chunk(cell).encode());
    })
}
