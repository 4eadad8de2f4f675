//! Neighbouring chunks meet without a seam, wherever they lie.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use grid::CellCoord;
use proptest::prelude::*;
use worldgen::{Recipe, SQUARES, VERTICES, World};

fn world(seed: u64) -> World {
    let text = include_str!("../../../config/recipes/temperate.yaml");
    World::new(seed, Recipe::from_yaml("temperate.yaml", text).unwrap()).unwrap()
}

fn coordinate() -> impl Strategy<Value = i32> {
    prop_oneof![-100..100, any::<i32>(), i32::MIN..i32::MIN + 3, i32::MAX - 3..i32::MAX]
        .prop_map(|cell: i32| cell.min(i32::MAX - 1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn neighbours_share_their_border(x in coordinate(), z in coordinate(), seed: u64) {
        let world = world(seed);
        let chunk = world.chunk(CellCoord::new(x, z));
        let (east, south) = (world.chunk(CellCoord::new(x + 1, z)), world.chunk(CellCoord::new(x, z + 1)));
        for i in 0..=SQUARES {
            prop_assert_eq!(chunk.height_units(SQUARES, i), east.height_units(0, i));
            prop_assert_eq!(chunk.height_units(i, SQUARES), south.height_units(i, 0));
        }
    }
}

#[test]
fn asking_twice_in_another_order_gives_the_same_chunk() {
    let cells = [CellCoord::new(3, 4), CellCoord::new(-1, -1), CellCoord::new(31, 32)];
    let (first, second) = (world(7), world(7));
    let forward: Vec<_> = cells.iter().map(|cell| first.chunk(*cell)).collect();
    let backward: Vec<_> = cells.iter().rev().map(|cell| second.chunk(*cell)).collect();
    assert!(forward.iter().eq(backward.iter().rev()));
    assert_ne!(forward[0], world(8).chunk(cells[0]));
}

#[test]
fn players_begin_on_walkable_land_whatever_the_seed() {
    for seed in 0..16 {
        let world = world(seed);
        let (mut walkable, mut dry, mut walkable_and_dry) = (0, 0, 0);
        for cell in (30..34).flat_map(|z| (30..34).map(move |x| CellCoord::new(x, z))) {
            let chunk = world.chunk(cell);
            for (x, z) in (0..SQUARES).flat_map(|z| (0..SQUARES).map(move |x| (x, z))) {
                let is_walkable = chunk.walkable[z] >> x & 1 == 1;
                let is_dry = chunk.water.get(z * VERTICES + x).is_none_or(|water| *water == 0);
                walkable += u32::from(is_walkable);
                dry += u32::from(is_dry);
                walkable_and_dry += u32::from(is_walkable && is_dry);
            }
        }
        // A river may run through, but it leaves most of the land to walk on.
        assert!(walkable_and_dry > dry * 95 / 100, "seed {seed}: {walkable_and_dry} of {dry} dry m²");
        let all = 16 * (SQUARES * SQUARES) as u32;
        assert!(walkable > all * 85 / 100, "seed {seed}: {walkable} of {all} m²");
    }
}

#[test]
fn the_ground_passes_through_its_points_and_is_level_between_equals() {
    let chunk = world(42).chunk(CellCoord::new(31, 31));
    for (ix, iz) in [(0, 0), (64, 64), (17, 40), (64, 0)] {
        assert_eq!(chunk.ground_height(ix as i64 * 256, iz as i64 * 256), chunk.height_units(ix, iz));
    }
    let (west, east) = (chunk.height_units(5, 9), chunk.height_units(6, 9));
    let middle = chunk.ground_height(5 * 256 + 128, 9 * 256);
    assert_eq!(middle, (west + east).div_euclid(2));
    assert_eq!(chunk.ground_height(i64::MIN, i64::MAX), chunk.height_units(0, 64));
    assert!(chunk.is_walkable(i64::MAX, 0) || chunk.walkable[0] >> 63 == 0);
}
