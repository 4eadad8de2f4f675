//! Other libraries' noise: each makes the benchmark's five layers for a chunk, as its own documentation does it for a grid.

use std::hint::black_box;

use grid::CellCoord;

use crate::{LAYERS, Make, OCTAVES, SIDE};

fn points(cell: CellCoord) -> impl Iterator<Item = (f64, f64)> {
    let (x, z) = (f64::from(cell.x) * 64.0, f64::from(cell.z) * 64.0);
    (0..SIDE).flat_map(move |row| (0..SIDE).map(move |column| (x + column as f64, z + row as f64)))
}

pub(crate) fn noise<'a>() -> Make<'a> {
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

pub(crate) fn fastnoise_lite<'a>() -> Make<'a> {
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

pub(crate) fn noise_functions<'a>() -> Make<'a> {
    use noise_functions::{Noise as _, Perlin};
    Box::new(move |cell| {
        for (seed, (_, wavelength)) in LAYERS.iter().enumerate() {
            let noise = Perlin.fbm(OCTAVES, 0.5, 2.0).seed(seed as i32).frequency((1.0 / wavelength) as f32);
            let values = points(cell).map(|(x, z)| noise.sample2([x as f32, z as f32]));
            black_box(values.collect::<Vec<f32>>());
        }
    })
}

pub(crate) fn libnoise<'a>() -> Make<'a> {
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

pub(crate) fn simdnoise<'a>() -> Make<'a> {
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
pub(crate) fn quick_noise_batch(cell: CellCoord) {
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
pub(crate) fn quick_noise_grid(cell: CellCoord) {
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
