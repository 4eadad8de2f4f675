//! What a chunk costs: generated, packed, unpacked and painted; and what a studio's worker does when a slider moves.

use std::{collections::BTreeMap, hint::black_box};

use criterion::{Criterion, criterion_group, criterion_main};
use grid::CellCoord;
use worldgen::{Chunk, PIXELS_BYTES, Recipe, World, compile};

fn chunk(criterion: &mut Criterion) {
    let text = include_str!("../../../config/recipes/temperate.yaml");
    let recipe = Recipe::from_yaml("temperate.yaml", text).expect("the recipe is checked by a test");
    let world = World::new(42, recipe).expect("the recipe is checked by a test");
    let mut group = criterion.benchmark_group("chunk");
    let mut x = 0;
    group.bench_function("generate", |bencher| {
        bencher.iter(|| {
            x += 1;
            world.chunk(CellCoord::new(x % 64, x / 64))
        });
    });
    let chunk = world.chunk(CellCoord::new(32, 32));
    let payload = chunk.encode();
    let mut pixels = vec![0; PIXELS_BYTES];
    group.bench_function("encode", |bencher| bencher.iter(|| black_box(&chunk).encode()));
    group.bench_function("decode", |bencher| bencher.iter(|| Chunk::decode(black_box(&payload))));
    group.bench_function("shade", |bencher| {
        bencher.iter(|| chunk.shade(world.recipe(), black_box(&mut pixels)));
    });
    group.finish();
}

/// Reads the recipe with one number changed, and paints 4×4 chunks.
fn slider(criterion: &mut Criterion) {
    let text = include_str!("../../../config/recipes/temperate.yaml");
    let read = |param: &str, value: f64| {
        let settings = BTreeMap::from([(param.to_owned(), value)]);
        let compiled = compile("temperate.yaml", text, 42, &settings).map_err(|faults| faults.len());
        compiled.expect("the recipe is checked by a test").world
    };
    let mut pixels = vec![0; PIXELS_BYTES];
    let mut paint = |world: &World| {
        for (x, z) in (30..34).flat_map(|z| (30..34).map(move |x| (x, z))) {
            world.chunk(CellCoord::new(x, z)).shade(world.recipe(), black_box(&mut pixels));
        }
    };
    let mut group = criterion.benchmark_group("slider");
    group.sample_size(20);
    group.bench_function("read", |bencher| bencher.iter(|| read("warmth", 0.5)));
    group.bench_function("anew", |bencher| bencher.iter(|| paint(&read("warmth", 0.5))));
    for (param, from, step) in [("warmth", 0.4, 0.001), ("peaks", 200.0, 0.1), ("sea_level", 0.0, 0.01)] {
        let (mut world, mut value) = (Some(read(param, from).grow_on(None)), from);
        world.iter().for_each(&mut paint);
        group.bench_function(param, |bencher| {
            bencher.iter(|| {
                value += step;
                let next = read(param, value).grow_on(world.take());
                paint(&next);
                world = Some(next);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, chunk, slider);
criterion_main!(benches);
