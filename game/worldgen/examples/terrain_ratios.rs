//! The same noise from this crate and from others, on one core, as JSON: `terrain_ratios [--out target/bench/terrain.json]`.
//!
//! `cargo run --profile play -p worldgen --example terrain_ratios`
//!
//! Times are the thread's CPU time, medians over rounds in which all take their turn, so that a busy machine slows them
//! alike; the ratios are what counts. Each library makes Perlin noise as it does by its own documentation for a regular grid
//! (`simdnoise` has simplex noise only), and makes its own picture.

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
    let recipe = Recipe::from_yaml("graph.yaml", include_str!("../benches/graph.yaml"));
    let recipe = recipe.map_err(|error| error.to_string())?;
    let world = |recipe| World::new(42, recipe).map_err(|error| error.to_string());
    let (best, plain) = (world(recipe.clone())?, world(recipe)?.without_wide_instructions());

    let mut makers: Vec<(&str, Make<'_>)> = vec![
        ("ours", ours(&best)),
        ("ours_without_avx2", ours(&plain)),
        ("noise", noise()),
        ("fastnoise_lite", fastnoise_lite()),
        ("noise_functions", noise_functions()),
        ("libnoise", libnoise()),
        ("simdnoise", simdnoise()),
        ("quick_noise_batch", Box::new(quick_noise_batch)),
        ("quick_noise_grid", Box::new(quick_noise_grid)),
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

fn points(cell: CellCoord) -> impl Iterator<Item = (f64, f64)> {
    let (x, z) = (f64::from(cell.x) * 64.0, f64::from(cell.z) * 64.0);
    (0..SIDE).flat_map(move |row| (0..SIDE).map(move |column| (x + column as f64, z + row as f64)))
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

fn noise<'a>() -> Make<'a> {
    use noise::{Fbm, MultiFractal, NoiseFn, Perlin};
    let layers: Vec<Fbm<Perlin>> = LAYERS
        .iter()
        .enumerate()
        .map(|(seed, (_, wavelength))| {
            Fbm::new(seed as u32).set_octaves(OCTAVES as usize).set_frequency(1.0 / wavelength)
        })
        .collect();
    Box::new(move |cell| {
        for layer in &layers {
            black_box(points(cell).map(|(x, z)| layer.get([x, z])).collect::<Vec<f64>>());
        }
    })
}

fn fastnoise_lite<'a>() -> Make<'a> {
    use fastnoise_lite::{FastNoiseLite, FractalType, NoiseType};
    let layers: Vec<FastNoiseLite> = LAYERS
        .iter()
        .enumerate()
        .map(|(seed, (_, wavelength))| {
            let mut noise = FastNoiseLite::with_seed(seed as i32);
            noise.set_noise_type(Some(NoiseType::Perlin));
            noise.set_fractal_type(Some(FractalType::FBm));
            noise.set_fractal_octaves(Some(OCTAVES as i32));
            noise.set_frequency(Some((1.0 / wavelength) as f32));
            noise
        })
        .collect();
    Box::new(move |cell| {
        for layer in &layers {
            let values = points(cell).map(|(x, z)| layer.get_noise_2d(x as f32, z as f32));
            black_box(values.collect::<Vec<f32>>());
        }
    })
}

fn noise_functions<'a>() -> Make<'a> {
    use noise_functions::{Noise as _, Perlin};
    Box::new(move |cell| {
        for (seed, (_, wavelength)) in LAYERS.iter().enumerate() {
            let noise = Perlin.fbm(OCTAVES, 0.5, 2.0).seed(seed as i32).frequency((1.0 / wavelength) as f32);
            let values = points(cell).map(|(x, z)| noise.sample2([x as f32, z as f32]));
            black_box(values.collect::<Vec<f32>>());
        }
    })
}

fn libnoise<'a>() -> Make<'a> {
    use libnoise::prelude::*;
    let layers: Vec<_> = LAYERS
        .iter()
        .enumerate()
        .map(|(seed, (_, wavelength))| {
            Source::<2>::perlin(seed as u64).fbm(OCTAVES, 1.0 / wavelength, 2.0, 0.5)
        })
        .collect();
    Box::new(move |cell| {
        for layer in &layers {
            black_box(points(cell).map(|(x, z)| layer.sample([x, z])).collect::<Vec<f64>>());
        }
    })
}

fn simdnoise<'a>() -> Make<'a> {
    use simdnoise::NoiseBuilder;
    Box::new(move |cell| {
        for (seed, (_, wavelength)) in LAYERS.iter().enumerate() {
            let (x, z) = (cell.x as f32 * 64.0, cell.z as f32 * 64.0);
            let noise = NoiseBuilder::fbm_2d_offset(x, SIDE, z, SIDE)
                .with_seed(seed as i32)
                .with_freq((1.0 / wavelength) as f32)
                .with_octaves(OCTAVES as u8)
                .generate();
            black_box(noise);
        }
    })
}

#[quick_noise::simd::dispatch_simd(A)]
fn quick_noise_batch(cell: CellCoord) {
    use quick_noise::{BatchNoise, Fbm, Grid, Perlin};
    for (seed, (_, wavelength)) in LAYERS.iter().enumerate() {
        let grid =
            Grid::<2, A>::new(SIDE, SIDE).grid_position(f64::from(cell.x) * 64.0, f64::from(cell.z) * 64.0);
        let noise: Vec<f32> = BatchNoise::<2, Fbm, Perlin>::builder(grid.x_iter(), grid.y_iter())
            .seed(seed as i64)
            .octaves(OCTAVES as usize)
            .frequency((1.0 / wavelength) as f32)
            .build();
        black_box(noise);
    }
}

#[quick_noise::simd::dispatch_simd(A)]
fn quick_noise_grid(cell: CellCoord) {
    use quick_noise::{Fbm, Grid, Perlin};
    for (seed, (_, wavelength)) in LAYERS.iter().enumerate() {
        let grid =
            Grid::<2, A>::new(SIDE, SIDE).grid_position(f64::from(cell.x) * 64.0, f64::from(cell.z) * 64.0);
        let noise: Vec<f32> = grid
            .builder::<Fbm, Perlin>()
            .seed(seed as i64)
            .octaves(OCTAVES as usize)
            .frequency((1.0 / wavelength) as f32)
            .build();
        black_box(noise);
    }
}
