//! One tick of a region full of wandering NPCs, and the hash of its state.

use std::{hint::black_box, sync::Arc};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use grid::{RegionCoord, UNITS_PER_METRE};
use simulation::{Chunk, Command, GroundPoint, Population, Simulation, SimulationSettings};

/// A region of flat meadow in which `npcs` wanderers are on their way.
fn meadow(npcs: u32) -> Simulation {
    let middle = GroundPoint::new(2_048 * UNITS_PER_METRE, 2_048 * UNITS_PER_METRE);
    let mut simulation = Simulation::new(SimulationSettings {
        seed: 42,
        region: RegionCoord::new(0, 0),
        started_at_ms: 0,
        movement_scale: 1.0,
        spawn: middle,
        heap_ticks: 60 * simulation::TICK_HZ,
        wilds: None,
        hour_ticks: 3_600,
        population: Population {
            count: npcs,
            around: middle,
            within_units: 350 * UNITS_PER_METRE as u32,
            leash_units: 20 * UNITS_PER_METRE as u32,
        },
    });
    let mut arrived = Vec::new();
    for _ in 0..600 {
        arrived = simulation
            .tick(arrived)
            .terrain_wanted
            .into_iter()
            .map(|coord| {
                let chunk = Chunk {
                    coord,
                    lowest_units: 0,
                    heights: vec![640; 65 * 65],
                    sea_units: 0,
                    water: Vec::new(),
                    biomes: vec![0; 64 * 64],
                    materials: vec![0; 64 * 64],
                    danger: 0,
                    walkable: [u64::MAX; 64],
                    features: Vec::new(),
                };
                Command::TerrainReady { coord, chunk: Arc::new(chunk) }
            })
            .collect();
    }
    simulation
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("tick");
    for npcs in [12, 1_000] {
        let mut simulation = meadow(npcs);
        group.bench_function(BenchmarkId::new("wandering", npcs), |bencher| {
            bencher.iter(|| black_box(simulation.tick([])));
        });
        group.bench_function(BenchmarkId::new("views", npcs), |bencher| {
            let mut views = Vec::new();
            bencher.iter(|| simulation.views_into(black_box(&mut views)));
        });
        group.bench_function(BenchmarkId::new("state_hash", npcs), |bencher| {
            bencher.iter(|| black_box(simulation.state_hash()));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
