//! What a chunk costs: generated, packed, unpacked and painted.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use grid::CellCoord;
use worldgen::{Chunk, PIXELS_BYTES, Recipe, World};

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

criterion_group!(benches, chunk);
criterion_main!(benches);
